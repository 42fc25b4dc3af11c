// Which of these identifiers belonged to records that were deleted.
// takes: ids
// gives: id, kind, title
UNWIND $ids AS id
MATCH (tombstone:Tombstone {id: id})
RETURN tombstone.id AS id, tombstone.kind AS kind, tombstone.title AS title
