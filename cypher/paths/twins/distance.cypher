// How many hops the shortest way between two records takes over edges of some types in any direction on a day.
// Each round adds all neighbours of what was reached, until the target is among them; no row after $longest rounds.
// takes: source, target, types, avoid, longest, at
// gives: hops
MATCH (source:Record {id: $source})
MATCH (target:Record {id: $target})
WITH target, reduce(walk = {hops: 0, reached: [source]}, hop IN range(1, $longest) |
  CASE WHEN target IN walk.reached THEN walk ELSE {hops: hop, reached: COLLECT {
    UNWIND walk.reached AS near
    MATCH (near)-[edge]-(far)
    WHERE type(edge) IN $types AND (far = target OR NOT far.id IN $avoid)
      AND (edge.valid_from IS NULL OR edge.valid_from <= $at) AND (edge.valid_to IS NULL OR $at < edge.valid_to)
      AND (startNode(edge).spells IS NULL AND (startNode(edge).valid_from IS NULL OR startNode(edge).valid_from <= $at)
            AND (startNode(edge).valid_to IS NULL OR $at < startNode(edge).valid_to)
            OR any(spell IN coalesce(startNode(edge).spells, []) WHERE left(spell, 10) <= toString($at) AND toString($at) < right(spell, 10)))
    UNWIND [near, far] AS met
    RETURN DISTINCT met
  }} END) AS walk
WHERE target IN walk.reached
RETURN walk.hops AS hops
