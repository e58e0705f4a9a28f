"""The read models: each a projection of the log with its tables, and the questions that they answer."""
