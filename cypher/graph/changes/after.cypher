// The changes after one number up to another, oldest first.
// takes: number, upto
// gives: number, at, who, why, job, hash, previous_hash, rows
MATCH (change:Change)
WHERE change.number > $number AND change.number <= $upto
RETURN change.number AS number, change.at AS at, change.who AS who, change.why AS why, change.job AS job,
       change.hash AS hash, change.previous_hash AS previous_hash, change.rows AS rows
ORDER BY number
