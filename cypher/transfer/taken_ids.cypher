// The identifiers within some spans that records have, or had before they were deleted.
// takes: spans
// gives: id
MATCH (record:Record)
WHERE any(span IN $spans WHERE record.id >= span[0] AND record.id <= span[1])
RETURN record.id AS id
UNION
MATCH (tombstone:Tombstone)
WHERE any(span IN $spans WHERE tombstone.id >= span[0] AND tombstone.id <= span[1])
RETURN tombstone.id AS id
