"""Who came: attendance at meetings, tickets and how they are read, and what holds at a season's door.

May import the rooms below it: booking, payments, billing, programme, access, people and the kernel. Never the rooms
above it, which build on who came: learning, accounting.
"""
