"""Garbled names and terms."""
