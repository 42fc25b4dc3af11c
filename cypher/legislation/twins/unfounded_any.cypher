// Acts in force on a day of which some base has ended or is repealed, each with the bases it has lost.
// A base that begins later has not ended. Which repeals count: effects.
// takes: at
// gives: act, base
// begins: facts/twins/effects
WITH effects, [effect IN effects WHERE effect.is_whole | effect.target.id] AS repealed_ever
UNWIND [NULL] + [effect IN effects WHERE effect.is_whole AND (effect.first IS NULL OR effect.first <= $at)
                   AND (effect.change.valid_to IS NULL OR $at < effect.change.valid_to)
                   // What was enacted again has outlived the repeals of its earlier spells.
                   AND none(number IN range(1, size(coalesce(effect.target.spells, [])) - 1)
                            WHERE left(effect.target.spells[number], 10) <= toString($at)
                              AND toString($at) < right(effect.target.spells[number], 10)
                              AND coalesce(toString(effect.first), '') <= left(effect.target.spells[number], 10))
                   | effect.target] AS text
WITH repealed_ever, collect(DISTINCT text) AS repealed
MATCH (act:Legislation)-[edge:BASED_ON]->(base)
WHERE NOT act IN repealed AND (coalesce(act.told_force, '') <> 'not_in_force' OR act.valid_to IS NOT NULL OR act.id IN repealed_ever)
  AND (edge.valid_from IS NULL OR edge.valid_from <= $at) AND (edge.valid_to IS NULL OR $at < edge.valid_to)
  AND (act.spells IS NULL AND (act.valid_from IS NULL OR act.valid_from <= $at)
        AND (act.valid_to IS NULL OR $at < act.valid_to)
        OR any(spell IN coalesce(act.spells, []) WHERE left(spell, 10) <= toString($at) AND toString($at) < right(spell, 10)))
WITH DISTINCT repealed_ever, repealed, act, base
WITH act, base, repealed
WHERE NOT EXISTS {
  MATCH path = (base)-[:PART_OF*0..]->(top)
  WHERE all(part IN relationships(path)
            WHERE (part.valid_from IS NULL OR part.valid_from <= $at) AND (part.valid_to IS NULL OR $at < part.valid_to)
              AND (startNode(part).spells IS NULL AND (startNode(part).valid_from IS NULL OR startNode(part).valid_from <= $at)
                    AND (startNode(part).valid_to IS NULL OR $at < startNode(part).valid_to)
                    OR any(spell IN coalesce(startNode(part).spells, []) WHERE left(spell, 10) <= toString($at) AND toString($at) < right(spell, 10))))
    AND NOT EXISTS {
      MATCH (top)-[part:PART_OF]->()
      WHERE (part.valid_from IS NULL OR part.valid_from <= $at) AND (part.valid_to IS NULL OR $at < part.valid_to)
        AND (top.spells IS NULL AND (top.valid_from IS NULL OR top.valid_from <= $at)
              AND (top.valid_to IS NULL OR $at < top.valid_to)
              OR any(spell IN coalesce(top.spells, []) WHERE left(spell, 10) <= toString($at) AND toString($at) < right(spell, 10)))
    }
    AND all(text IN nodes(path)
            WHERE NOT text IN repealed
              AND (coalesce(text.told_force, '') <> 'not_in_force' OR text.valid_to IS NOT NULL OR text.id IN repealed_ever)
              AND (text.spells IS NULL AND (text.valid_to IS NULL OR $at < text.valid_to)
                    OR any(number IN range(0, size(coalesce(text.spells, [])) - 1)
                           WHERE toString($at) < right(text.spells[number], 10)
                             AND (number = 0 OR left(text.spells[number], 10) <= toString($at)))))
}
RETURN act.id AS act, base.id AS base
