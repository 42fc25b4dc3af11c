"""Addresses of records."""
