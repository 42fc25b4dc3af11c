// The first and the last text of these acts and provisions, and where they were read.
// takes: ids
// gives: id, first_text, last_text, source
UNWIND $ids AS id
MATCH (record:Record {id: id})
RETURN record.id AS id, record.first_text AS first_text, record.last_text AS last_text, record.source AS source
