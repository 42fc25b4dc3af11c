// Puts the change sequence where the restored one stood and takes the mark of the restore away.
// takes: number, hash
MATCH (head:Sequence {id: 'changes'})
SET head.number = $number, head.hash = $hash
WITH head
MATCH (mark:Sequence {id: 'restore'})
DELETE mark
