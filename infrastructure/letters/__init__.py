"""Letters: kept as ciphertext until the worker's leader has delivered them."""
