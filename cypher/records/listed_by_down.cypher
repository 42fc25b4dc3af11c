// A page of the records of one kind ordered by a field, from its greatest value down, those without a value last.
// takes: equal, holding, within, at, at_said, last_value, last_key, last_id, limit
// gives: id, labels, properties
// names: KIND, FIELD
MATCH (record:KIND)
WHERE ($last_id IS NULL
       OR ($last_value IS NOT NULL AND (record.FIELD IS NULL OR record.FIELD < $last_value))
       OR ((record.FIELD = $last_value OR ($last_value IS NULL AND record.FIELD IS NULL))
           AND (record.sort_key > $last_key OR (record.sort_key = $last_key AND record.id > $last_id))))
  AND ($at IS NULL OR (record.spells IS NULL AND (record.valid_from IS NULL OR record.valid_from <= $at)
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
WITH record
ORDER BY record.FIELD IS NULL, record.FIELD DESC, record.sort_key, record.id
LIMIT $limit
RETURN record.id AS id, labels(record) AS labels, properties(record) AS properties
