// Marks the graph as being restored.
MERGE (:Sequence {id: 'restore'})
