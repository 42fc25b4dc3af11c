// One of the shortest ways between two records over edges of some types in any direction on a day, and its length.
// Ways of more than 30 hops are not looked for, nor those through a record that is to be avoided.
// takes: source, target, types, avoid, at
// gives: length, ids
MATCH (source:Record {id: $source})
MATCH (target:Record {id: $target})
MATCH path = shortestPath((source)-[*..30]-(target))
WHERE none(record IN nodes(path) WHERE record.id IN $avoid AND NOT record.id IN [$source, $target])
  AND all(edge IN relationships(path)
          WHERE type(edge) IN $types
            AND (edge.valid_from IS NULL OR edge.valid_from <= $at) AND (edge.valid_to IS NULL OR $at < edge.valid_to)
            AND (startNode(edge).spells IS NULL AND (startNode(edge).valid_from IS NULL OR startNode(edge).valid_from <= $at)
                  AND (startNode(edge).valid_to IS NULL OR $at < startNode(edge).valid_to)
                  OR any(spell IN coalesce(startNode(edge).spells, []) WHERE left(spell, 10) <= toString($at) AND toString($at) < right(spell, 10))))
RETURN length(path) AS length, [record IN nodes(path) | record.id] AS ids
