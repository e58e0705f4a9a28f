"""What Plats can do on this machine, measured beside what any booking service on the same parts must pay."""
