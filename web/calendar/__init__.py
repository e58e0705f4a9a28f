"""Calendars: feeds to follow and entries that letters carry (RFC 5545).

May import words.
Never here: a route.
"""
