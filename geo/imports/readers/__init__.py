"""Readers of file formats: each gives tables of text, and says what it could not read."""
