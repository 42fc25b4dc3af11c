// What a service asks for under the name of an alternative that has no other choice on a day.
// takes: at
// gives: service, alternative, wanted
MATCH (service:Service)-[edge:REQUIRES]->(wanted)
WHERE edge.alternative IS NOT NULL
  AND (edge.valid_from IS NULL OR edge.valid_from <= $at) AND (edge.valid_to IS NULL OR $at < edge.valid_to)
  AND (service.spells IS NULL AND (service.valid_from IS NULL OR service.valid_from <= $at)
        AND (service.valid_to IS NULL OR $at < service.valid_to)
        OR any(spell IN coalesce(service.spells, []) WHERE left(spell, 10) <= toString($at) AND toString($at) < right(spell, 10)))
WITH service.id AS service, edge.alternative AS alternative, collect(DISTINCT wanted.id) AS wanted
WHERE size(wanted) = 1
RETURN service, alternative, head(wanted) AS wanted
