"""Every way to get, change and give up a seat, and what is seen of it.

May import the rooms below it, from kernel to payments; and the domain.
Never here: SQL, HTTP, files or a framework; those are behind ports.
"""
