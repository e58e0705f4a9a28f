"""The ledger, reports and exports that finance asks for.

May import the rooms below it, from kernel to booking; and the domain.
Never here: SQL, HTTP, files or a framework; those are behind ports.
"""
