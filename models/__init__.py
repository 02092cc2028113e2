"""Tables, each with its queries beside it; the only SQL."""
