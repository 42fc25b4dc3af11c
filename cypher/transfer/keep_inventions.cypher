// Notes invented numbers with what they were given to; gives the number that stands, which another import may have given.
// takes: rows
// gives: id, number
UNWIND $rows AS row
MERGE (invention:Invention {id: row.id})
ON CREATE SET invention.number = row.number, invention.text = row.text
RETURN invention.id AS id, invention.number AS number
