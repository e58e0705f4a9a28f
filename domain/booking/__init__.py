"""Seats: bookings, cancellations, transfers, waiting lists, first refusals and strangers' registrations.

May import the rooms below it, from kernel to payments.
Never here: I/O, a clock, a framework, or another aggregate held by anything but its id.
"""
