// Notes how much an import has written by now.
// takes: id, records, edges
MATCH (job:Job {id: $id})
SET job.records = job.records + $records, job.edges = job.edges + $edges
