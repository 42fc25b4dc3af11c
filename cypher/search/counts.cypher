// How many records match a question, by kind and by the values of some fields, and how many the filters leave out.
// takes: index, question, most, fields, equal, holding, within, at, at_said
// gives: labels, codes, passes, total
CALL db.index.fulltext.queryNodes($index, $question, {limit: $most}) YIELD node AS record
WITH record, ($at IS NULL OR (record.spells IS NULL AND (record.valid_from IS NULL OR record.valid_from <= $at)
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
          AND (filter.most IS NULL OR record[filter.name] <= filter.most)) AS passes
WITH labels(record) AS labels, passes, CASE WHEN passes THEN [field IN $fields | record[field]] ELSE [] END AS codes
RETURN labels, codes, passes, count(*) AS total
