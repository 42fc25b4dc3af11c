// A page of the records that match a question: exact names and numbers first, then beginnings, whole words and stems;
// among equals a service before the steps that belong to it; or by title, or by their first day with the newest or the oldest in front and those without one at the end.
// takes: index, question, most, equal, holding, within, at, at_said, exact, beginning, number, numbers, whole, starts, others, beginnings, cited, cited_exactly, first_kinds, last_kinds, sort, last_place, last_key, last_id, limit
// gives: id, labels, rank, place, sort_key, properties
CALL db.index.fulltext.queryNodes($index, $question, {limit: $most}) YIELD node AS record
WHERE ($at IS NULL OR (record.spells IS NULL AND (record.valid_from IS NULL OR record.valid_from <= $at)
      AND (record.valid_to IS NULL OR $at < record.valid_to)
      OR any(spell IN coalesce(record.spells, []) WHERE left(spell, 10) <= toString($at) AND toString($at) < right(spell, 10))))
  AND all(filter IN $equal WHERE coalesce(
        head([place IN range(0, size(coalesce(record[filter.earlier_values], [])) - 1)
              WHERE record[filter.earlier_first][place] <= $at_said AND $at_said < record[filter.earlier_last][place]
              | record[filter.earlier_values][place]]),
        record[filter.name], filter.absent) IN filter.values)
  AND all(filter IN $holding WHERE any(value IN coalesce(record[filter.name], []) WHERE value IN filter.values))
  AND all(filter IN $within WHERE record[filter.name] IS NOT NULL
        AND (filter.least IS NULL OR record[filter.name] >= filter.least)
        AND (filter.most IS NULL OR record[filter.name] <= filter.most))
WITH record, CASE
       WHEN record.search_names STARTS WITH $exact OR $number IN record.search_numbers
            OR any(number IN $cited_exactly WHERE number IN record.search_numbers) THEN 0
       WHEN record.search_names CONTAINS $exact OR any(number IN $cited WHERE number IN record.search_numbers) THEN 1
       WHEN any(number IN $numbers WHERE number IN record.search_numbers) THEN
            CASE WHEN all(word IN $whole WHERE record.search_names CONTAINS word) THEN 2 ELSE 3 END
       WHEN record.search_names STARTS WITH $beginning THEN 4
       WHEN record.search_names CONTAINS $beginning
            OR any(beginning IN $beginnings WHERE record.search_names CONTAINS beginning) THEN 5
       WHEN all(word IN $whole WHERE record.search_names CONTAINS word) THEN 6
       WHEN all(word IN $starts WHERE record.search_names CONTAINS word) THEN 7
       WHEN any(other IN $others WHERE all(word IN other WHERE record.search_names CONTAINS word)) THEN 8
       WHEN all(word IN $whole WHERE record.search_text CONTAINS word) THEN 9
       ELSE 10 END AS rank
WITH record, rank, CASE
       WHEN $sort = 'title' THEN 0
       WHEN $sort = 'newest' THEN CASE WHEN record.valid_from IS NULL THEN 1 ELSE
            -(record.valid_from.year * 10000 + record.valid_from.month * 100 + record.valid_from.day) END
       WHEN $sort = 'oldest' THEN CASE WHEN record.valid_from IS NULL THEN 99999999 ELSE
            record.valid_from.year * 10000 + record.valid_from.month * 100 + record.valid_from.day END
       ELSE rank * 3 + CASE WHEN any(label IN labels(record) WHERE label IN $first_kinds) THEN 0
                            WHEN any(label IN labels(record) WHERE label IN $last_kinds) THEN 2
                            ELSE 1 END END AS place
WHERE $last_place IS NULL OR place > $last_place
   OR (place = $last_place AND (record.sort_key > $last_key OR (record.sort_key = $last_key AND record.id > $last_id)))
WITH record, rank, place
ORDER BY place, record.sort_key, record.id
LIMIT $limit
RETURN record.id AS id, labels(record) AS labels, rank, place, record.sort_key AS sort_key, properties(record) AS properties
