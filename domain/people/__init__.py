"""People, organisations, organisers and their members: who somebody is, where they work, what they may do here.

May import the rooms below it: kernel.
Never here: I/O, a clock, a framework, or another aggregate held by anything but its id.
"""
