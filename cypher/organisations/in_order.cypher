// A page of these records in alphabetical order, after the last one of the page before.
// takes: ids, last_key, last_id, limit
// gives: id, sort_key
UNWIND $ids AS id
MATCH (unit:Record {id: id})
WHERE $last_id IS NULL OR unit.sort_key > $last_key OR (unit.sort_key = $last_key AND unit.id > $last_id)
WITH unit
ORDER BY unit.sort_key, unit.id
LIMIT $limit
RETURN unit.id AS id, unit.sort_key AS sort_key
