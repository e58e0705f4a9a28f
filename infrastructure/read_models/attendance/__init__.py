"""Who came, and by which tickets, in the read models.

May import this room, the kernel of the read models, and the layers below.
Never here: a clock, chance, or a rule of the domain; every table can be made again from the log.
"""
