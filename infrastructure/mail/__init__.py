"""Letters: kept as ciphertext until the worker's leader has delivered them.

May import the store and keys.
Never here: the words of a letter.
"""
