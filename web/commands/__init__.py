"""What an operator can say on the command line, one noun a file."""
