// Notes the spells of records, so that one dated condition holds for all; none takes away what stood there.
// takes: rows
UNWIND $rows AS row
MATCH (record:Record {id: row.id})
SET record.spells = row.spells
