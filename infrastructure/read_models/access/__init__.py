"""Which endpoints of other systems there are.

May import kernel of the read models; the domain and the application.
Never here: what is on its way to them.
"""
