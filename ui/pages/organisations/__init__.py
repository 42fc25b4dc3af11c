"""Pages of organisations: the structure as of a day, and how two days differ."""
