"""Who is told what of which event: one table, and for each event the story that its letters tell.

May import the rooms below it, from kernel to billing; and the domain.
Never here: SQL, HTTP, files or a framework; those are behind ports.
"""
