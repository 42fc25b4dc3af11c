// How many records of one kind there are.
// gives: total
// names: KIND
MATCH (record:KIND)
RETURN count(record) AS total
