// All imports, newest first.
// gives: id, fingerprint, status, who, why, at, records, edges
MATCH (job:Job)
RETURN job.id AS id, job.fingerprint AS fingerprint, job.status AS status, job.who AS who, job.why AS why, job.at AS at,
       job.records AS records, job.edges AS edges
ORDER BY at DESC, id DESC
