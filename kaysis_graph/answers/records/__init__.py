"""Records of any kind as answers: lists, one record, its edges, its history."""
