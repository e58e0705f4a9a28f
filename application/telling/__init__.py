"""Who is told what of which event: one table, and for each event the story that its letters tell."""
