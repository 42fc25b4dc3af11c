"""Addresses of organisations."""
