// Imports as they were exported.
// takes: rows
UNWIND $rows AS row
CREATE (job:Job)
SET job = row
