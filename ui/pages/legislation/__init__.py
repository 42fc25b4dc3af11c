"""Pages of legislation: acts, their texts and lives, what rests on them, lost ground."""
