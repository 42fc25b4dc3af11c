// A page of the units directly under a unit, in alphabetical order, after the last one of the page before.
// With a day only those whose tie holds on it; without one all that ever hung there.
// takes: id, at, last_key, last_id, limit
// gives: id, sort_key
MATCH (parent:Record {id: $id})<-[edge:PART_OF]-(unit:Organisation)
WHERE ($at IS NULL OR (coalesce(edge.valid_from, $at) <= $at AND (edge.valid_to IS NULL OR edge.valid_to > $at)
       AND (unit.spells IS NULL AND (unit.valid_from IS NULL OR unit.valid_from <= $at)
             AND (unit.valid_to IS NULL OR $at < unit.valid_to)
             OR any(spell IN coalesce(unit.spells, []) WHERE left(spell, 10) <= toString($at) AND toString($at) < right(spell, 10)))))
  AND ($last_id IS NULL OR unit.sort_key > $last_key OR (unit.sort_key = $last_key AND unit.id > $last_id))
WITH DISTINCT unit
ORDER BY unit.sort_key, unit.id
LIMIT $limit
RETURN unit.id AS id, unit.sort_key AS sort_key
