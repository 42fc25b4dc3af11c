// What rests on an act or provision to any depth on a day: on itself, on its provisions, and on what rests on those.
// takes: id, at
// gives: id
MATCH (start:Record {id: $id})
MATCH path = (start)<-[:BASED_ON|PART_OF*0..]-(base)
WHERE all(edge IN relationships(path)
          WHERE (type(edge) = 'BASED_ON' OR startNode(edge):Provision)
            AND (edge.valid_from IS NULL OR edge.valid_from <= $at) AND (edge.valid_to IS NULL OR $at < edge.valid_to)
            AND (startNode(edge).spells IS NULL AND (startNode(edge).valid_from IS NULL OR startNode(edge).valid_from <= $at)
                  AND (startNode(edge).valid_to IS NULL OR $at < startNode(edge).valid_to)
                  OR any(spell IN coalesce(startNode(edge).spells, []) WHERE left(spell, 10) <= toString($at) AND toString($at) < right(spell, 10))))
WITH DISTINCT start, base
MATCH (base)<-[edge:BASED_ON]-(other)
WHERE other <> start
  AND (edge.valid_from IS NULL OR edge.valid_from <= $at) AND (edge.valid_to IS NULL OR $at < edge.valid_to)
  AND (other.spells IS NULL AND (other.valid_from IS NULL OR other.valid_from <= $at)
        AND (other.valid_to IS NULL OR $at < other.valid_to)
        OR any(spell IN coalesce(other.spells, []) WHERE left(spell, 10) <= toString($at) AND toString($at) < right(spell, 10)))
RETURN DISTINCT other.id AS id
