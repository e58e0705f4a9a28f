"""The door, tickets, attendance and certificates, in the JSON API.

May import this room, the kernel of the JSON API, and the layers below.
Never here: rules, SQL, or what a browser needs.
"""
