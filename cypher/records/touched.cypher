// The numbers of the changes that touched a record, or the tombstone it left.
// takes: id
// gives: changes
OPTIONAL MATCH (record:Record {id: $id})
OPTIONAL MATCH (tombstone:Tombstone {id: $id})
RETURN coalesce(record.changes, []) + coalesce(tombstone.changes, []) AS changes
