// Notes how an import ended.
// takes: id, status
MATCH (job:Job {id: $id})
SET job.status = $status
