// What deleted records left, in the order of their identifiers.
// gives: id, kind, title, changes, undone
MATCH (tombstone:Tombstone)
RETURN tombstone.id AS id, tombstone.kind AS kind, tombstone.title AS title, tombstone.changes AS changes,
       coalesce(tombstone.undone, false) AS undone
ORDER BY id
