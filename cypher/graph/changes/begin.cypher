// Begins the change sequence in a graph that has none.
// takes: hash, graph_id
MERGE (head:Sequence {id: 'changes'})
ON CREATE SET head.number = 0, head.hash = $hash, head.graph_id = $graph_id
