// Deletes records for good and leaves a tombstone that keeps their identifier from being used again.
// takes: rows
UNWIND $rows AS row
MATCH (record:Record {id: row.id})
CREATE (:Tombstone {id: row.id, kind: row.kind, title: row.title, changes: row.changes})
DETACH DELETE record
