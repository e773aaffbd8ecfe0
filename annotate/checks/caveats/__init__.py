"""What the reader is not told."""
