// All records of one kind in about a hundred parts: of each record what it says in the fields asked for, and days as texts.
// Packed into lists they take a fifth of the time that rows take to be read; one list of all would be read at one go.
// takes: fields, days
// gives: records
// names: KIND
MATCH (record:KIND)
WITH right(record.id, 2) AS part, [field IN $fields | record[field]] AS fields,
     [field IN $days | toString(record[field])] AS days
WITH part, collect([fields, days]) AS records
RETURN records
