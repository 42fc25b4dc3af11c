// Which of these identifiers belonged to records that were deleted; not those whose import was undone.
// takes: ids
// gives: id, kind, title
UNWIND $ids AS id
MATCH (tombstone:Tombstone {id: id})
WHERE NOT coalesce(tombstone.undone, false)
RETURN tombstone.id AS id, tombstone.kind AS kind, tombstone.title AS title
