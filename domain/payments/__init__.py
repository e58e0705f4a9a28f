"""Payments as they arrive: by bank, by card; reminders' rules.

May import the rooms below it, from kernel to billing.
Never here: I/O, a clock, a framework, or another aggregate held by anything but its id.
"""
