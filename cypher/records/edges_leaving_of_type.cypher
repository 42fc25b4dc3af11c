// The edges of one type that leave these records, with everything stored of them.
// takes: ids
// gives: source, type, target, properties
// names: EDGE_TYPE
UNWIND $ids AS id
MATCH (source:Record {id: id})-[edge:EDGE_TYPE]->(target:Record)
RETURN source.id AS source, type(edge) AS type, target.id AS target, properties(edge) AS properties
