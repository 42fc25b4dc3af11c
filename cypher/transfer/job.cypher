// The imports of one input, newest first.
// takes: fingerprint
// gives: id, fingerprint, status, who, why, at, records, edges
MATCH (job:Job {fingerprint: $fingerprint})
RETURN job.id AS id, job.fingerprint AS fingerprint, job.status AS status, job.who AS who, job.why AS why, job.at AS at,
       job.records AS records, job.edges AS edges
ORDER BY at DESC, id DESC
