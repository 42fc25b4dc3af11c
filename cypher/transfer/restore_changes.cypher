// Changes as they were exported.
// takes: rows
UNWIND $rows AS row
CREATE (change:Change)
SET change = row
