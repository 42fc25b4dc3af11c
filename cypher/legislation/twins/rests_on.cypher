// What a record rests on to any depth on a day: an act also by its provisions, and with each base the act it is part of.
// takes: id, at
// gives: id
MATCH (start:Record {id: $id})
MATCH path = (start)<-[:PART_OF*0..]-(part)
WHERE all(edge IN relationships(path)
          WHERE startNode(edge):Provision AND (edge.valid_from IS NULL OR edge.valid_from <= $at) AND (edge.valid_to IS NULL OR $at < edge.valid_to)
            AND (startNode(edge).spells IS NULL AND (startNode(edge).valid_from IS NULL OR startNode(edge).valid_from <= $at)
                  AND (startNode(edge).valid_to IS NULL OR $at < startNode(edge).valid_to)
                  OR any(spell IN coalesce(startNode(edge).spells, []) WHERE left(spell, 10) <= toString($at) AND toString($at) < right(spell, 10))))
MATCH (part)-[edge:BASED_ON]->(base)
WHERE (edge.valid_from IS NULL OR edge.valid_from <= $at) AND (edge.valid_to IS NULL OR $at < edge.valid_to)
  AND (part.spells IS NULL AND (part.valid_from IS NULL OR part.valid_from <= $at)
        AND (part.valid_to IS NULL OR $at < part.valid_to)
        OR any(spell IN coalesce(part.spells, []) WHERE left(spell, 10) <= toString($at) AND toString($at) < right(spell, 10)))
WITH DISTINCT start, base
MATCH path = (base)-[:BASED_ON|PART_OF*0..]->(other)
WHERE other <> start
  AND all(edge IN relationships(path)
          WHERE (edge.valid_from IS NULL OR edge.valid_from <= $at) AND (edge.valid_to IS NULL OR $at < edge.valid_to)
            AND (startNode(edge).spells IS NULL AND (startNode(edge).valid_from IS NULL OR startNode(edge).valid_from <= $at)
                  AND (startNode(edge).valid_to IS NULL OR $at < startNode(edge).valid_to)
                  OR any(spell IN coalesce(startNode(edge).spells, []) WHERE left(spell, 10) <= toString($at) AND toString($at) < right(spell, 10))))
RETURN DISTINCT other.id AS id
