// The mark of the schema that the graph was brought to, null before the first time.
// gives: mark
MATCH (head:Sequence {id: 'changes'})
RETURN head.schema AS mark
