"""Whenever this, then that: the table of reactions, daily jobs, retention and offboarding.

May import the rooms below it, from kernel to accounting; and the domain.
Never here: SQL, HTTP, files or a framework; those are behind ports.
"""
