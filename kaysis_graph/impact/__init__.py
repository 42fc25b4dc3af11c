"""Impact: what falls with a record, and what would change if acts, units or documents ended."""
