// All edges of one type, with everything stored of them.
// gives: source, source_labels, type, target, properties
// names: EDGE_TYPE
MATCH (source:Record)-[edge:EDGE_TYPE]->(target:Record)
RETURN source.id AS source, labels(source) AS source_labels, type(edge) AS type, target.id AS target,
       properties(edge) AS properties
