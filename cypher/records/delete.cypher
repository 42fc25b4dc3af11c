// Deletes records for good and leaves a tombstone that keeps their identifier from being used again.
// takes: rows
UNWIND $rows AS row
MATCH (record:Record {id: row.id})
MERGE (tombstone:Tombstone {id: row.id})
SET tombstone.kind = row.kind, tombstone.title = row.title, tombstone.changes = row.changes, tombstone.undone = false
DETACH DELETE record
