"""What a group learns: rounds of self-assessment, texts, the season's record, topics; and what of it may be shown.

May import the rooms below it, from kernel to attendance.
Never here: I/O, a clock, chance or a framework; another aggregate but by its id.
"""
