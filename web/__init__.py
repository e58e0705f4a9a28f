"""The faces that people and programs meet: pages, the API and the command line."""
