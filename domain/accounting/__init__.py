"""Accounts, closed periods and how sums are posted.

May import the rooms below it, from kernel to booking.
Never here: I/O, a clock, a framework, or another aggregate held by anything but its id.
"""
