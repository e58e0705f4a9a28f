"""How the business is remembered and reaches the world outside."""
