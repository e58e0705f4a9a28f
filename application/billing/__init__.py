"""Issuing, crediting, rendering and delivering invoices, and the questions about them.

May import the rooms below it, from kernel to programme; and the domain.
Never here: SQL, HTTP, files or a framework; those are behind ports.
"""
