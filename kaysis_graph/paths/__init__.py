"""Paths: how two records are connected."""
