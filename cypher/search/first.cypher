// The first records the full-text index finds for a question.
// takes: index, question, limit
// gives: id, labels, properties
CALL db.index.fulltext.queryNodes($index, $question, {limit: $limit}) YIELD node AS record
RETURN record.id AS id, labels(record) AS labels,
       record {.title, .title_en, .valid_from, .valid_to, .spells, .is_unverified, .is_stub, .earlier_title,
               .earlier_title_from, .earlier_title_to, .sort_key, .search_name,
               .search_numbers} AS properties
