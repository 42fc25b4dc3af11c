// A record whole: all that is stored of it, the edges that leave it, and when either was last changed.
// takes: id
// gives: id, labels, properties, edges, changed_at
MATCH (record:Record {id: $id})
WITH record, coalesce(record.changes, []) AS changes
WITH record, changes[size(changes) - 1] AS number
OPTIONAL MATCH (change:Change {number: number})
RETURN record.id AS id, labels(record) AS labels, properties(record) AS properties,
       [(record)-[edge]->(target:Record) | {type: type(edge), target: target.id, properties: properties(edge)}] AS edges,
       change.at AS changed_at
