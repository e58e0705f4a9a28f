"""PostgreSQL: our own server or a named one, its connections and its shape."""
