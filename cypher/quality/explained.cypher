// Which of these records have a note.
// takes: ids
// gives: ids
UNWIND $ids AS id
MATCH (record:Record {id: id})
WHERE record.note IS NOT NULL
RETURN collect(record.id) AS ids
