"""What programs read of the programme: Atom for feed readers, data about events for search engines.

May import words.
Never here: a route.
"""
