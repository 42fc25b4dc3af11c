// Notes on records that a change touched them.
// takes: ids, number
UNWIND $ids AS id
MATCH (record:Record {id: id})
SET record.changes = coalesce(record.changes, []) + $number
