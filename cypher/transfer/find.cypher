// The records of one kind with a name, folded as for search, and what each is part of.
// takes: name
// gives: id, wholes
// names: KIND
MATCH (record:KIND {search_name: $name})
OPTIONAL MATCH (record)-[:PART_OF]->(whole:Record)
RETURN record.id AS id, collect(whole.id) AS wholes
ORDER BY id
