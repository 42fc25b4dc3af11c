// Whether the graph holds records, tombstones or changes already.
// gives: found
OPTIONAL MATCH (record:Record)
WITH record LIMIT 1
OPTIONAL MATCH (change:Change)
WITH record, change LIMIT 1
OPTIONAL MATCH (tombstone:Tombstone)
WITH record, change, tombstone LIMIT 1
RETURN record IS NOT NULL OR change IS NOT NULL OR tombstone IS NOT NULL AS found
