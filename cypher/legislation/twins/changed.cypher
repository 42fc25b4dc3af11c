// What an act repealed or amended by a day, itself or by its provisions, and what that had changed before, to any depth.
// It counts from its first day, or from that of the act it comes from, if that has an effect then (effects).
// takes: id, at
// gives: id
// names: EDGE_TYPE
// begins: facts/twins/effects
WITH [effect IN effects WHERE type(effect.change) = 'EDGE_TYPE' AND (effect.first IS NULL OR effect.first <= $at)
        AND (effect.change.valid_to IS NULL OR $at < effect.change.valid_to) | effect.change] AS done
MATCH (start:Record {id: $id})
MATCH path = (start)<-[:PART_OF*0..]-(part)
WHERE all(edge IN relationships(path)
          WHERE startNode(edge):Provision AND (edge.valid_from IS NULL OR edge.valid_from <= $at) AND (edge.valid_to IS NULL OR $at < edge.valid_to)
            AND (startNode(edge).spells IS NULL AND (startNode(edge).valid_from IS NULL OR startNode(edge).valid_from <= $at)
                  AND (startNode(edge).valid_to IS NULL OR $at < startNode(edge).valid_to)
                  OR any(spell IN coalesce(startNode(edge).spells, []) WHERE left(spell, 10) <= toString($at) AND toString($at) < right(spell, 10))))
MATCH (part)-[change:EDGE_TYPE]->(text)
WHERE change IN done
WITH DISTINCT done, start, text
MATCH path = (text)-[:EDGE_TYPE|PART_OF*0..]->(other)
WHERE other <> start
  AND all(edge IN relationships(path)
          WHERE edge IN done OR (type(edge) = 'PART_OF'
            AND (edge.valid_from IS NULL OR edge.valid_from <= $at) AND (edge.valid_to IS NULL OR $at < edge.valid_to)
            AND (startNode(edge).spells IS NULL AND (startNode(edge).valid_from IS NULL OR startNode(edge).valid_from <= $at)
                  AND (startNode(edge).valid_to IS NULL OR $at < startNode(edge).valid_to)
                  OR any(spell IN coalesce(startNode(edge).spells, []) WHERE left(spell, 10) <= toString($at) AND toString($at) < right(spell, 10)))))
RETURN DISTINCT other.id AS id
