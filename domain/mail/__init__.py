"""Letters as an organiser decides them: which reminders go out and when, its own words in them, mailings.

May import the rooms below it: people, kernel.
Never here: who is told of which event (that is a table of the application), I/O, a clock or a framework.
"""
