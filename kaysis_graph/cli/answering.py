"""What the commands on legislation, impact, paths and structure do."""
