// A page of all records in the order of their identifiers, with everything stored of them.
// takes: after, limit
// gives: id, labels, properties
MATCH (record:Record)
WHERE record.id > $after
RETURN record.id AS id, labels(record) AS labels, properties(record) AS properties
ORDER BY record.id
LIMIT $limit
