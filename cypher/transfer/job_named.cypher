// The import of a name.
// takes: id
// gives: id, fingerprint, status, who, why, at, records, edges
MATCH (job:Job {id: $id})
RETURN job.id AS id, job.fingerprint AS fingerprint, job.status AS status, job.who AS who, job.why AS why, job.at AS at,
       job.records AS records, job.edges AS edges
