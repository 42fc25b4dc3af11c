// All services in Turkish alphabetical order, as one packed list of identifiers.
// gives: ids
MATCH (service:Service)
WITH service ORDER BY service.sort_key, service.id
RETURN collect(service.id) AS ids
