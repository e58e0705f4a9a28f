"""The rules of a membership and booking service: what may happen, and what is remembered of it."""
