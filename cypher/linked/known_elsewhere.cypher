// The records that other catalogues know by an IRI of their own, each with these IRIs.
// gives: id, same_as
MATCH (record:Record)
WHERE record.same_as IS NOT NULL
RETURN record.id AS id, record.same_as AS same_as
ORDER BY record.id
