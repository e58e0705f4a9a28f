"""Who has answered, what was written and proposed, in the read models; grades stay in the log, sealed.

May import this room, the kernel of the read models, and the layers below.
Never here: a clock, chance, or a rule of the domain; every table can be made again from the log.
"""
