// Appends one change and moves the head of the sequence to it.
// takes: number, at, who, why, job, hash, previous_hash, rows
MATCH (head:Sequence {id: 'changes'})
SET head.number = $number, head.hash = $hash
CREATE (:Change {number: $number, at: $at, who: $who, why: $why, job: $job, hash: $hash, previous_hash: $previous_hash, rows: $rows})
