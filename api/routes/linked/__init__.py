"""Addresses of linked data: documents, dumps, queries and terms."""
