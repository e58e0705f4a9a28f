"""Out to other systems: what waits to be told, how it is signed, and how it is sent without being led astray.

May import the store, keys and read models.
Never here: which events are told, or what is said of them.
"""
