"""Looking back: history, explanations, my data, what an act rests on, the trail of staff.

May import the rooms below it, from kernel to automation; and the domain.
Never here: SQL, HTTP, files or a framework; those are behind ports.
"""
