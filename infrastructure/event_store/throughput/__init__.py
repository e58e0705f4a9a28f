"""What makes the event store fast: group commit, the cache of aggregates, snapshots and packed columns.

May import the core of the event store, which never imports this: everything works without it, only slower.
Never here: a rule about what may be recorded.
"""
