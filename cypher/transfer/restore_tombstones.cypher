// Tombstones as they were exported.
// takes: rows
UNWIND $rows AS row
CREATE (tombstone:Tombstone)
SET tombstone = row
