"""Words: both languages, how sums and days are written, and what refusals, letters and events say.

May import the layers below web alone.
Never here: a request, an answer or a template.
"""
