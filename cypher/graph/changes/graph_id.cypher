// The name the graph was given when its sequence began.
// gives: graph_id
MATCH (head:Sequence {id: 'changes'})
RETURN head.graph_id AS graph_id
