"""Reports: what finance asks for as tables, files and drawings.

May import words and the kernel of the pages.
Never here: a sum that is not a question of application/accounting.
"""
