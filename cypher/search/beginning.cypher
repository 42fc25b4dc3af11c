// The first records whose folded title begins with a text, in the order of the folded titles.
// takes: beginning, end, limit
// gives: id, labels, properties
MATCH (record:Record)
WHERE record.search_name >= $beginning AND record.search_name < $end
WITH record
ORDER BY record.search_name
LIMIT $limit
RETURN record.id AS id, labels(record) AS labels, properties(record) AS properties
