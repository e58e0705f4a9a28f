"""The event store: how what happened is recorded, read and decided upon, once and in order, whoever else decides.

May import serialization, keys and postgres; what makes it fast stands beside it in `throughput` and is never needed.
Never here: a projection, a letter, a page.
"""
