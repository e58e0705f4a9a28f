"""What goes out to bookkeeping programs.

May import the application.
Never here: how sums are posted.
"""
