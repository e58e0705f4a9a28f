"""The keys to personal data, and the secrets they are wrapped under."""
