// Takes away some of what a broken-off restore wrote, and counts it.
// takes: limit
// gives: gone
MATCH (node)
WHERE node:Record OR node:Change OR node:Tombstone OR node:Job OR node:Invention
WITH node LIMIT $limit
DETACH DELETE node
RETURN count(*) AS gone
