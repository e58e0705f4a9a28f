"""Following the log: read models kept, rebuilt and verified, and policies that react."""
