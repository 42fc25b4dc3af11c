"""The explorer: the neighbourhood of records, opened step by step."""
