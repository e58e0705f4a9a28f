"""Invoices, credit notes, collective accounts, and money given back: what is charged, what is left to credit.

May import the rooms below it: kernel, people, access, programme.
Never here: I/O, a clock, a framework, or another aggregate held by anything but its id.
"""
