"""Work beside the record: the worker, its jobs, and what is kept for how long.

May import subscriptions.
Never here: a rule of the domain.
"""
