"""What may be asked: rows as people read them, and who may ask for which."""
