// The numbers that were invented, each with what it was given to.
// gives: id, number, text
MATCH (invention:Invention)
RETURN invention.id AS id, invention.number AS number, invention.text AS text
ORDER BY id
