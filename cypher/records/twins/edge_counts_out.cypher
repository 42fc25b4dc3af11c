// How many edges leave a record, by type and by the kind of the other end.
// takes: id, at
// gives: type, labels, total
MATCH (source:Record {id: $id})
MATCH (source)-[edge]->(other)
WHERE ($at IS NULL OR (coalesce(edge.valid_from, $at) <= $at AND (edge.valid_to IS NULL OR edge.valid_to > $at)
       AND (source.spells IS NULL AND (source.valid_from IS NULL OR source.valid_from <= $at)
             AND (source.valid_to IS NULL OR $at < source.valid_to)
             OR any(spell IN coalesce(source.spells, []) WHERE left(spell, 10) <= toString($at) AND toString($at) < right(spell, 10)))))
RETURN type(edge) AS type, labels(other) AS labels, count(edge) AS total
