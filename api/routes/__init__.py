"""Routes: parameters in, one call down, answer out."""
