"""Moving records in and out of files: import by a map, export and restore of the whole graph, the seed."""
