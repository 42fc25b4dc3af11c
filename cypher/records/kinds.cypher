// The kinds of the records with these identifiers, as labels.
// takes: ids
// gives: id, labels
UNWIND $ids AS id
MATCH (record:Record {id: id})
RETURN record.id AS id, labels(record) AS labels
