"""Questions about programme: what is answered, in which shape, and who may ask. Never here: anything that records."""
