// Replaces what is stored of edges of one type, known by their ends and first day.
// takes: rows
// names: EDGE_TYPE
UNWIND $rows AS row
MATCH (source:Record {id: row.source})-[edge:EDGE_TYPE]->(target:Record {id: row.target})
WHERE edge.first_day = row.first_day
SET edge = row.properties
