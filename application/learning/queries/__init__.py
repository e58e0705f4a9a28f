"""What is asked of the learning record, and who may ask it."""
