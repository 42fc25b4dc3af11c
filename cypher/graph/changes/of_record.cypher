// The changes that touched a record, or the tombstone it left, newest first.
// takes: id
// gives: number, at, who, why, job, hash, previous_hash, rows
OPTIONAL MATCH (record:Record {id: $id})
OPTIONAL MATCH (tombstone:Tombstone {id: $id})
UNWIND coalesce(record.changes, []) + coalesce(tombstone.changes, []) AS touched
MATCH (change:Change {number: touched})
RETURN DISTINCT change.number AS number, change.at AS at, change.who AS who, change.why AS why, change.job AS job,
       change.hash AS hash, change.previous_hash AS previous_hash, change.rows AS rows
ORDER BY number DESC
