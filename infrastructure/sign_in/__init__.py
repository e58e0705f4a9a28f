"""Who is signed in, what lets them in, and how often that may be tried: short-lived, beside the record."""
