// Where provisions stand in their acts, as it is read: m.9 f.1 b.a.
// takes: ids
// gives: id, place
UNWIND $ids AS id
MATCH (provision:Record {id: id})
RETURN id AS id, provision.place AS place
