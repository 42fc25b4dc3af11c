// Notes that an import begins to write, or goes on after it was broken off.
// takes: id, fingerprint, who, why, at
MERGE (job:Job {id: $id})
ON CREATE SET job.records = 0, job.edges = 0, job.at = $at
SET job.fingerprint = $fingerprint, job.who = $who, job.why = $why, job.status = 'writing'
