"""What records say, as columns beside the edges: titles, codes, flags, days and numbers, with what they were before."""
