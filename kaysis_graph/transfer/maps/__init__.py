"""Maps: how the columns of a foreign file become records and edges."""
