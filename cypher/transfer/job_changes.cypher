// The numbers of the changes that one import made, newest first.
// takes: job
// gives: number
MATCH (change:Change {job: $job})
RETURN change.number AS number
ORDER BY number DESC
