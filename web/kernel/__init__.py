"""What pages and API share: errors as people read them, identities, health, what a form rests on.

May import words.
Never here: a page or a route.
"""
