// Begins the change sequence in a graph that has none.
// takes: hash
MERGE (head:Sequence {id: 'changes'})
ON CREATE SET head.number = 0, head.hash = $hash
