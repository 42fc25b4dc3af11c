// Notes the mark of the schema that the graph was brought to.
// takes: mark
MATCH (head:Sequence {id: 'changes'})
SET head.schema = $mark
