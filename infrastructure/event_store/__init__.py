"""The event store: how what happened is recorded, read and decided upon.

May import postgres, keys and the clock.
Never here: a projection, a letter, a page.
"""
