// The first records the full-text index finds for a question.
// takes: index, question, limit
// gives: id, labels, properties
CALL db.index.fulltext.queryNodes($index, $question, {limit: $limit}) YIELD node AS record
RETURN record.id AS id, labels(record) AS labels, properties(record) AS properties
