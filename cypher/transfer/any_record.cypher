// One record, if there is any at all.
// gives: id
MATCH (record:Record)
RETURN record.id AS id
LIMIT 1
