// Invented numbers as they were exported.
// takes: rows
UNWIND $rows AS row
CREATE (invention:Invention)
SET invention = row
