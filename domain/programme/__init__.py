"""What is offered: networks, seasons, meetings, prices and goods.

May import the rooms below it: kernel, people, access.
Never here: I/O, a clock, a framework, or another aggregate held by anything but its id.
"""
