"""The index that searches read: kept beside the projection, from the same changes."""
