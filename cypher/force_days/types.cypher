// How many acts of each type are valid on a day.
// takes: at
// gives: type, total
MATCH (act:Legislation)
WHERE (act.valid_from IS NULL OR act.valid_from <= $at) AND (act.valid_to IS NULL OR $at < act.valid_to)
RETURN act.legislation_type AS type, count(*) AS total
