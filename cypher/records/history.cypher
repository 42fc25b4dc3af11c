// The latest changes that touched a record, or the tombstone it left, before a number, newest first.
// takes: id, before, limit
// gives: number, at, who, why, job, rows
OPTIONAL MATCH (record:Record {id: $id})
OPTIONAL MATCH (tombstone:Tombstone {id: $id})
UNWIND coalesce(record.changes, []) + coalesce(tombstone.changes, []) AS touched
WITH DISTINCT touched
WHERE $before IS NULL OR touched < $before
WITH touched
ORDER BY touched DESC
LIMIT $limit
MATCH (change:Change {number: touched})
RETURN change.number AS number, change.at AS at, change.who AS who, change.why AS why, change.job AS job,
       change.rows AS rows
ORDER BY number DESC
