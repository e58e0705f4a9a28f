"""The door, tickets, attendance and certificates, in pages.

May import this room, the kernel of pages, and the layers below.
Never here: rules, SQL, or a page of another room.
"""
