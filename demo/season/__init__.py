"""A year of the sixteen programmes, played through the HTTP API: what people were told, who came, what it came to."""
