"""Writing down and correcting people, organisations, organisers and memberships, and looking them up.

May import the rooms below it: kernel; and the domain.
Never here: SQL, HTTP, files or a framework; those are behind ports.
"""
