"""Bookings and everything that is done to a seat, in the JSON API.

May import this room, the kernel of the JSON API, and the layers below.
Never here: rules, SQL, or what a browser needs.
"""
