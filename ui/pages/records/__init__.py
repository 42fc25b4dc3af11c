"""Pages of records: one with its edges and history, those of a kind, and where none is."""
