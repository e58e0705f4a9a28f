"""Letters as they are queued, and who was told what.

May import the rooms below it: kernel, people; and the domain.
Never here: SQL, HTTP, files or a framework; those are behind ports.
"""
