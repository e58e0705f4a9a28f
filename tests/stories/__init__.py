"""Random stories, told on the real use cases with everything else in memory."""
