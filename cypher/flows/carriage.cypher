// By whom everything that services require on a day is carried, as packed columns; `terms` marks those with conditions.
// takes: at
// gives: services, required, first_days, carriers, terms
MATCH (service:Service)-[edge:REQUIRES]->(required:Record)
WHERE (edge.valid_from IS NULL OR edge.valid_from <= $at) AND (edge.valid_to IS NULL OR $at < edge.valid_to)
RETURN collect(service.id) AS services, collect(required.id) AS required, collect(edge.first_day) AS first_days,
       collect(coalesce(edge.carried_by, '')) AS carriers,
       collect(coalesce(edge.alternative, edge.condition, toString(edge.copies)) IS NOT NULL) AS terms
