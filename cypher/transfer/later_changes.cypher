// The numbers of the changes after one number that touched records, or the tombstones they left.
// takes: ids, after
// gives: number
UNWIND $ids AS id
OPTIONAL MATCH (record:Record {id: id})
OPTIONAL MATCH (tombstone:Tombstone {id: id})
UNWIND coalesce(record.changes, []) + coalesce(tombstone.changes, []) AS number
WITH DISTINCT number
WHERE number > $after
RETURN number
ORDER BY number
