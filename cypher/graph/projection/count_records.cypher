// How many records of one kind there are.
// gives: count
// names: KIND
MATCH (record:KIND)
RETURN count(record) AS count
