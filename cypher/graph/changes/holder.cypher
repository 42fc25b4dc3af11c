// Whether a database holds a graph of ours, and labels of what else lies in it: some of those of its first nodes.
// gives: is_ours, labels
OPTIONAL MATCH (head:Sequence {id: 'changes'})
WITH count(head) > 0 AS is_ours
OPTIONAL MATCH (node)
WITH is_ours, node LIMIT 50
RETURN is_ours, collect(DISTINCT CASE WHEN node IS NULL THEN NULL ELSE coalesce(head(labels(node)), '') END) AS labels
