"""Corrupted or machine-spun text."""
