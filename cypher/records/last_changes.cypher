// When each of these records, or an edge that leaves it, was last changed.
// takes: ids
// gives: id, at
UNWIND $ids AS id
MATCH (record:Record {id: id})
WHERE size(record.changes) > 0
WITH record.id AS id, record.changes[size(record.changes) - 1] AS number
MATCH (change:Change {number: number})
RETURN id, change.at AS at
