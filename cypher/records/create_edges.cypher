// Makes edges of one type between records, and counts them.
// takes: rows
// gives: made
// names: EDGE_TYPE
UNWIND $rows AS row
MATCH (source:Record {id: row.source})
MATCH (target:Record {id: row.target})
CREATE (source)-[edge:EDGE_TYPE]->(target)
SET edge = row.properties
RETURN count(edge) AS made
