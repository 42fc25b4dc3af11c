// All records of one kind as packed columns.
// gives: ids, valid_from, valid_to
// names: KIND
MATCH (record:KIND)
RETURN collect(record.id) AS ids,
       collect(coalesce(toString(record.valid_from), '')) AS valid_from,
       collect(coalesce(toString(record.valid_to), '')) AS valid_to
