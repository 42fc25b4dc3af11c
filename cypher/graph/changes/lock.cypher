// Where the change sequence stands, taken for writing: other writers wait, or begin again, until this one ends.
// gives: number, hash
MATCH (head:Sequence {id: 'changes'})
SET head.taken = coalesce(head.taken, 0) + 1
RETURN head.number AS number, head.hash AS hash
