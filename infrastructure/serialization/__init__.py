"""Serialization: how events become bytes and come back, typed by the class that owns them.

May import the domain.
Never here: a database, a key, a decision.
"""
