"""Following the log: read models kept, rebuilt and verified, and policies that react.

May import the store and the read models.
Never here: what a read model holds.
"""
