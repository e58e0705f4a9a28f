"""The door: checking in, tickets, walk-ins, attendance and certificates, and who may do and see it.

May import the rooms below it, from kernel to booking; and the domain.
Never here: SQL, HTTP, files or a framework; those are behind ports.
"""
