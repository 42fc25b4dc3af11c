// The number of the last change that touched each of these records or an edge that leaves it.
// takes: ids
// gives: id, number
UNWIND $ids AS id
MATCH (record:Record {id: id})
WHERE size(record.changes) > 0
RETURN record.id AS id, record.changes[size(record.changes) - 1] AS number
