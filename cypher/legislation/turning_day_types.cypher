// How many acts of each type are valid on a day.
// takes: at
// gives: type, total
MATCH (act:Legislation)
WHERE (act.spells IS NULL AND (act.valid_from IS NULL OR act.valid_from <= $at)
      AND (act.valid_to IS NULL OR $at < act.valid_to)
      OR any(spell IN coalesce(act.spells, []) WHERE left(spell, 10) <= toString($at) AND toString($at) < right(spell, 10)))
RETURN act.legislation_type AS type, count(*) AS total
