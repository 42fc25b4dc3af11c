// Some records whose folded title begins with a text; no order is asked for, since the embedded engine would sort all.
// takes: beginning, limit
// gives: id, labels, properties
MATCH (record:Record)
WHERE record.search_name STARTS WITH $beginning
WITH record
LIMIT $limit
RETURN record.id AS id, labels(record) AS labels,
       record {.title, .title_en, .valid_from, .valid_to, .is_unverified, .is_stub, .earlier_title, .earlier_title_from,
               .earlier_title_to, .sort_key, .search_numbers} AS properties
