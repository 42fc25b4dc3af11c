// The changes of one import job, newest first.
// takes: job
// gives: number, at, who, why, job, hash, previous_hash, rows
MATCH (change:Change {job: $job})
RETURN change.number AS number, change.at AS at, change.who AS who, change.why AS why, change.job AS job,
       change.hash AS hash, change.previous_hash AS previous_hash, change.rows AS rows
ORDER BY number DESC
