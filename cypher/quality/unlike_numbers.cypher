// The organisations whose number begins with 99 and is not said to be invented, or the other way round.
// gives: ids
MATCH (unit:Organisation)
WHERE (unit.id STARTS WITH '99') <> coalesce(unit.number_is_invented, false)
RETURN collect(unit.id) AS ids
