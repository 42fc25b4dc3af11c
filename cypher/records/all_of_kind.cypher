// All records of one kind, with everything stored of them.
// gives: id, labels, properties
// names: KIND
MATCH (record:KIND)
RETURN record.id AS id, labels(record) AS labels, properties(record) AS properties
