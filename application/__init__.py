"""The use cases: one class a noun, one method a verb, each authorised and recorded once."""
