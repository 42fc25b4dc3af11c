"""Addresses of legislation."""
