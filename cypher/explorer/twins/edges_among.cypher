// The edges that join records of a list on a day, both ends in it; edges of one type between the same two each count.
// takes: ids, at
// gives: source, type, target
UNWIND $ids AS id
MATCH (source:Record {id: id})-[edge]->(target:Record)
WHERE target.id IN $ids
  AND (edge.valid_from IS NULL OR edge.valid_from <= $at) AND (edge.valid_to IS NULL OR $at < edge.valid_to)
  AND (source.spells IS NULL AND (source.valid_from IS NULL OR source.valid_from <= $at)
        AND (source.valid_to IS NULL OR $at < source.valid_to)
        OR any(spell IN coalesce(source.spells, []) WHERE left(spell, 10) <= toString($at) AND toString($at) < right(spell, 10)))
RETURN source.id AS source, type(edge) AS type, target.id AS target
ORDER BY source, type, target
