// Replaces what is stored of records, whose kind stays, and notes the change that did it.
// takes: rows, number
UNWIND $rows AS row
MATCH (record:Record {id: row.id})
WITH record, row, coalesce(record.changes, []) + $number AS changes
SET record = row.properties
SET record.changes = changes
