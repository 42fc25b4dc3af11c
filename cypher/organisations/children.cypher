// A page of the units directly under a unit, in alphabetical order, after the last one of the page before.
// With a day only those whose tie holds on it; without one all that ever hung there.
// takes: id, at, last_key, last_id, limit
// gives: id, sort_key
MATCH (parent:Record {id: $id})<-[edge:PART_OF]-(unit:Organisation)
WHERE ($at IS NULL OR (coalesce(edge.valid_from, $at) <= $at AND (edge.valid_to IS NULL OR edge.valid_to > $at)
       AND coalesce(unit.valid_from, $at) <= $at AND (unit.valid_to IS NULL OR unit.valid_to > $at)))
  AND ($last_id IS NULL OR unit.sort_key > $last_key OR (unit.sort_key = $last_key AND unit.id > $last_id))
WITH DISTINCT unit
ORDER BY unit.sort_key, unit.id
LIMIT $limit
RETURN unit.id AS id, unit.sort_key AS sort_key
