"""What the API takes: the shape of every body and query, checked before a use case is asked."""
