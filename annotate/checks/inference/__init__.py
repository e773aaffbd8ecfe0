"""More than the evidence carries."""
