"""What every rule speaks in: aggregates, ids, money, VAT, texts, terms, documents and the errors people read.

May import nothing else of Plats.
Never here: I/O, a clock, a framework, or another aggregate held by anything but its id.
"""
