"""Backups: the database and its keys taken apart from each other, put back, and made ready to open.

May import everything of the infrastructure.
Never here: a rule of the domain.
"""
