"""Keeping records: saving, searching, and moving them in and out of files."""
