"""What all rooms of the infrastructure stand on: the settings, the clock, the machine, and files that only we read.

Imports no other room.
Never here: a table, a letter, a page.
"""
