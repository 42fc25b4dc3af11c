// Some records whose folded title begins with a text, of all kinds or of some among the first $most; no order is asked for, since the embedded engine would sort all.
// takes: beginning, kinds, most, limit
// gives: id, labels, properties
MATCH (record:Record)
WHERE record.search_name STARTS WITH $beginning
WITH record
LIMIT $most
WITH record
WHERE size($kinds) = 0 OR any(label IN labels(record) WHERE label IN $kinds)
WITH record
LIMIT $limit
RETURN record.id AS id, labels(record) AS labels,
       record {.title, .title_en, .valid_from, .valid_to, .spells, .is_unverified, .is_stub, .earlier_title,
               .earlier_title_from, .earlier_title_to, .sort_key, .search_name,
               .search_numbers} AS properties
