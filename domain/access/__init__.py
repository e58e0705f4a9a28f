"""Keys to the API: what they open, and when they end.

May import the rooms below it: kernel, people.
Never here: I/O, a clock, a framework, or another aggregate held by anything but its id.
"""
