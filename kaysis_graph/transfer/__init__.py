"""Bringing records in and out: files, maps, jobs, exports and their restoring."""
