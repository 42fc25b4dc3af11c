"""What a search found as an answer."""
