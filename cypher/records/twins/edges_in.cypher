// A page of the edges that arrive at a record, by type, then by the name of the other end.
// takes: id, type, kind, at, last_type, last_key, last_id, last_day, limit
// gives: type, id, labels, sort_key, first_day, properties
MATCH (other:Record {id: $id})
MATCH (other)<-[edge]-(source)
WHERE ($type IS NULL OR type(edge) = $type)
  AND ($kind IS NULL OR $kind IN labels(source))
  AND ($at IS NULL OR (coalesce(edge.valid_from, $at) <= $at AND (edge.valid_to IS NULL OR edge.valid_to > $at)
       AND (source.spells IS NULL AND (source.valid_from IS NULL OR source.valid_from <= $at)
             AND (source.valid_to IS NULL OR $at < source.valid_to)
             OR any(spell IN coalesce(source.spells, []) WHERE left(spell, 10) <= toString($at) AND toString($at) < right(spell, 10)))))
WITH edge, type(edge) AS type, source AS far, source.sort_key AS sort_key, source.id AS id, edge.first_day AS first_day
WHERE $last_type IS NULL OR type > $last_type
   OR (type = $last_type AND (sort_key > $last_key
       OR (sort_key = $last_key AND (id > $last_id OR (id = $last_id AND first_day > $last_day)))))
WITH edge, type, far, sort_key, id, first_day
ORDER BY type, sort_key, id, first_day
LIMIT $limit
RETURN type, id, labels(far) AS labels, sort_key, first_day, properties(edge) AS properties
