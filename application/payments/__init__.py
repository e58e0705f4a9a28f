"""Taking payments from bank files and cards, matching, refunding and reminding.

May import the rooms below it, from kernel to notifications; and the domain.
Never here: SQL, HTTP, files or a framework; those are behind ports.
"""
