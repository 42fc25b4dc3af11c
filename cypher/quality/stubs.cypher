// The records that exist only because another one refers to them.
// gives: ids
MATCH (record:Record)
WHERE record.is_stub = true
RETURN collect(record.id) AS ids
