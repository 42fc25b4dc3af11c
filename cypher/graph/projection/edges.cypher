// All edges of one type as packed columns; `lesser` marks second ties, partial repeals and by-products, `told` is what
// each says in the fields asked for.
// takes: fields
// gives: sources, targets, valid_from, valid_to, lesser, told
// names: EDGE_TYPE
MATCH (source:Record)-[edge:EDGE_TYPE]->(target:Record)
RETURN collect(source.id) AS sources, collect(target.id) AS targets,
       collect(coalesce(toString(edge.valid_from), '')) AS valid_from,
       collect(coalesce(toString(edge.valid_to), '')) AS valid_to,
       collect(coalesce(edge.is_secondary, edge.is_partial, edge.is_by_product, false)) AS lesser,
       collect([field IN $fields | edge[field]]) AS told
