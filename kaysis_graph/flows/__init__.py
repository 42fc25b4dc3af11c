"""Data flows: who hands which document or data to whom."""
