// The units under a unit on a day, with how many steps down the nearest way to each takes.
// takes: id, at
// gives: id, depth
MATCH path = (unit:Record {id: $id})<-[:PART_OF*1..]-(under)
WHERE under <> unit
  AND all(edge IN relationships(path)
          WHERE (edge.valid_from IS NULL OR edge.valid_from <= $at) AND (edge.valid_to IS NULL OR $at < edge.valid_to)
            AND (startNode(edge).spells IS NULL AND (startNode(edge).valid_from IS NULL OR startNode(edge).valid_from <= $at)
                  AND (startNode(edge).valid_to IS NULL OR $at < startNode(edge).valid_to)
                  OR any(spell IN coalesce(startNode(edge).spells, []) WHERE left(spell, 10) <= toString($at) AND toString($at) < right(spell, 10))))
RETURN under.id AS id, min(length(path)) AS depth
