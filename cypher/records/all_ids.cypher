// The identifiers of all records, in the order of the engine.
// gives: id
MATCH (record:Record)
RETURN record.id AS id
