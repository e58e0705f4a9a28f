"""Questions about attendance: what is answered, in which shape, and who may ask. Never here: anything that records."""
