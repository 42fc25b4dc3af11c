// Where the change sequence stands.
// gives: number, hash
MATCH (head:Sequence {id: 'changes'})
RETURN head.number AS number, head.hash AS hash
