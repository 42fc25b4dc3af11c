// What is needed to name these records on a date.
// takes: ids
// gives: id, labels, title, title_en, valid_from, valid_to, is_unverified, is_stub, earlier, earlier_from, earlier_to
UNWIND $ids AS id
MATCH (record:Record {id: id})
RETURN id, labels(record) AS labels, record.title AS title, record.title_en AS title_en,
       record.valid_from AS valid_from, record.valid_to AS valid_to,
       record.is_unverified AS is_unverified, record.is_stub AS is_stub,
       record.earlier_title AS earlier, record.earlier_title_from AS earlier_from, record.earlier_title_to AS earlier_to
