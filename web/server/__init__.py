"""Serving: processes, threads, the front door, and the end of them all.

May import the application as a whole.
Never here: a page or a rule.
"""
