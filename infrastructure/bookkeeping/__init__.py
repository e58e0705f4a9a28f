"""What goes out to bookkeeping programs."""
