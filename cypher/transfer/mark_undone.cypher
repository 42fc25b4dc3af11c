// Lets identifiers be used again whose records were taken away because their import was undone.
// takes: ids
UNWIND $ids AS id
MATCH (tombstone:Tombstone {id: id})
SET tombstone.undone = true
