// Whether acts and provisions are in force on a day: valid, not repealed, and so is all that a provision is part of.
// What was repealed does not come back when the repealing act ends; which repeals count: effects.
// What a source calls no longer in force without a day (told_force), and nothing here dates, is in force on none.
// takes: ids, at
// gives: id, is_in_force
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
UNWIND $ids AS id
MATCH (record:Record {id: id})
RETURN id, EXISTS {
  MATCH path = (record)-[:PART_OF*0..]->(top)
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
              AND (text.spells IS NULL AND (text.valid_from IS NULL OR text.valid_from <= $at)
                    AND (text.valid_to IS NULL OR $at < text.valid_to)
                    OR any(spell IN coalesce(text.spells, []) WHERE left(spell, 10) <= toString($at) AND toString($at) < right(spell, 10))))
} AS is_in_force
