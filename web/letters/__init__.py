"""Letters: their words in both languages, and how they are laid out.

May import words and calendar.
Never here: who is told what; that is application/notifications.
"""
