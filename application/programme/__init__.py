"""Running networks, seasons, meetings and goods, and the programme as visitors see it.

May import the rooms below it: kernel, people, mail, access; and the domain.
Never here: SQL, HTTP, files or a framework; those are behind ports.
"""
