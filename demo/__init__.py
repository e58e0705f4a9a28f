"""The demo: four invented organisers with sixteen kinds of programmes, loaded through the use cases and tried out."""
