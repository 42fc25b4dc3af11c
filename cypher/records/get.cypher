// The records with these identifiers, with everything stored of them.
// takes: ids
// gives: id, labels, properties
UNWIND $ids AS id
MATCH (record:Record {id: id})
RETURN record.id AS id, labels(record) AS labels, properties(record) AS properties
