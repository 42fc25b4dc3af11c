"""What the commands that ask do: an answer found, and written for people or as a file."""
