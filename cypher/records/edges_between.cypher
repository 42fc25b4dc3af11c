// The edges of one type between pairs of records, with everything stored of them.
// takes: pairs
// gives: source, target, properties
// names: EDGE_TYPE
UNWIND $pairs AS pair
MATCH (source:Record {id: pair.source})-[edge:EDGE_TYPE]->(target:Record {id: pair.target})
RETURN source.id AS source, target.id AS target, properties(edge) AS properties
