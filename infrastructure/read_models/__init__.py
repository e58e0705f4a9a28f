"""The read models: each a projection of the log with its tables, and the questions that they answer.

May import the store.
Never here: a clock or chance; every table can be made again from the log.
"""
