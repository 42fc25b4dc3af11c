"""Pages of linked data: queries, terms and the names of IRIs."""
