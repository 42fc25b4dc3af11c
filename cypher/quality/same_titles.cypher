// The units of one parent that have the same title on a day; `at_said` is the day as text, as earlier titles keep theirs.
// takes: at, at_said
// gives: parent, title, units
MATCH (parent:Organisation)<-[edge:PART_OF]-(unit:Organisation)
WHERE (edge.valid_from IS NULL OR edge.valid_from <= $at) AND (edge.valid_to IS NULL OR $at < edge.valid_to)
  AND (unit.spells IS NULL AND (unit.valid_from IS NULL OR unit.valid_from <= $at)
        AND (unit.valid_to IS NULL OR $at < unit.valid_to)
        OR any(spell IN coalesce(unit.spells, []) WHERE left(spell, 10) <= toString($at) AND toString($at) < right(spell, 10)))
WITH parent.id AS parent, unit.id AS unit, coalesce(
       head([place IN range(0, size(coalesce(unit.earlier_title, [])) - 1)
             WHERE unit.earlier_title_from[place] <= $at_said AND $at_said < unit.earlier_title_to[place]
             | unit.earlier_title[place]]),
       unit.title) AS title
WITH parent, title, collect(DISTINCT unit) AS units
WHERE size(units) > 1
RETURN parent, title, units
