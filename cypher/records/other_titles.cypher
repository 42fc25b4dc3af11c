// What is kept beside the titles of these records, with its language; only of those that have some.
// takes: ids
// gives: id, other_titles
UNWIND $ids AS id
MATCH (record:Record {id: id})
WHERE record.other_titles IS NOT NULL
RETURN record.id AS id, record.other_titles AS other_titles
