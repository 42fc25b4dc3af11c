"""Answers as text and bytes: one module for each format."""
