"""Stripe: payments by card through its own library, the notices it sends, and a stand-in for trials."""
