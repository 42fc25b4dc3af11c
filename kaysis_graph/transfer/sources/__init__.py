"""Source files: their compression, encoding, header and cells."""
