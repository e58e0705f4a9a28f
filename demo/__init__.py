"""The demo: four invented organisers with ten real kinds of programmes, loaded through the use cases and tried out."""
