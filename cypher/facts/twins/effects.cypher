// Which repeals and amendments have an effect, whatever the day: those whose source is in force on the day they take effect.
// Day after day: what was ended by then does nothing. On one day a repeal comes before what its target does, but an act that ends itself still does what it says; in a circle all of it counts.
// takes:
// gives: source, type, target, on
MATCH (source)-[change:AMENDS|REPEALS]->(target)
MATCH (source)-[:PART_OF*0..]->(around)
WITH source, change, target, max(CASE WHEN around.spells IS NULL THEN around.valid_from
       WHEN head(around.spells) STARTS WITH '0001-01-01' THEN NULL ELSE date(left(head(around.spells), 10)) END) AS there_from, collect(around) AS texts,
     type(change) = 'REPEALS' AND NOT coalesce(change.is_partial, false) AS is_whole
WITH source, change, target, is_whole, coalesce(change.valid_from, there_from) AS first, there_from, target IN texts AS ends_itself
WITH collect({source: source, change: change, target: target, is_whole: is_whole, first: first, ends_itself: ends_itself,
              day: CASE WHEN is_whole OR there_from IS NULL OR there_from <= first THEN first ELSE there_from END}) AS effects
WITH effects, [effect IN effects WHERE effect.is_whole AND effect.first IS NOT NULL] AS repeals
UNWIND effects AS effect
WITH repeals, effect, effect.source AS source, effect.day AS day
OPTIONAL MATCH path = (source)-[:PART_OF*0..]->(top)
WHERE all(part IN relationships(path)
          WHERE (part.valid_from IS NULL OR part.valid_from <= day) AND (part.valid_to IS NULL OR day IS NULL OR day < part.valid_to))
  AND all(text IN nodes(path)
          WHERE (text.spells IS NULL AND (text.valid_from IS NULL OR text.valid_from <= day)
                AND (text.valid_to IS NULL OR day IS NULL OR day < text.valid_to)
                OR any(spell IN coalesce(text.spells, []) WHERE left(spell, 10) <= coalesce(toString(day), '0001-01-01')
                       AND coalesce(toString(day), '0001-01-01') < right(spell, 10))))
  AND NOT EXISTS {
    MATCH (top)-[part:PART_OF]->()
    WHERE (part.valid_from IS NULL OR part.valid_from <= day) AND (part.valid_to IS NULL OR day IS NULL OR day < part.valid_to)
  }
WITH effect, CASE WHEN path IS NULL THEN NULL ELSE
       [repeal IN repeals WHERE repeal.target IN nodes(path)
          AND (repeal.first < day OR (repeal.first = day AND NOT repeal.ends_itself))
          AND (repeal.change.valid_to IS NULL OR day < repeal.change.valid_to)
          AND none(number IN range(1, size(coalesce(repeal.target.spells, [])) - 1)
                   WHERE left(repeal.target.spells[number], 10) <= toString(day)
                     AND toString(day) < right(repeal.target.spells[number], 10)
                     AND toString(repeal.first) <= left(repeal.target.spells[number], 10)) | repeal.change] END AS ending
WITH effect, collect(ending) AS ways
WITH collect({change: effect.change, target: effect.target, is_whole: effect.is_whole, first: effect.first, day: effect.day, ways: ways}) AS effects
WITH effects, [effect IN effects WHERE size(effect.ways) = 0 | effect.change] AS idle,
     [effect IN effects WHERE size(effect.ways) > 0 AND all(way IN effect.ways WHERE size(way) > 0)] AS doubtful
CALL (doubtful) {
  UNWIND CASE WHEN size(doubtful) = 0 THEN [NULL] ELSE doubtful END AS effect
  WITH effect.day AS day ORDER BY day
  RETURN collect(DISTINCT day) AS days
}
WITH effects, reduce(idle = idle, day IN days |
       idle + reduce(fallen = [], round IN range(1, 2 * size([effect IN doubtful WHERE effect.day = day])) |
         [effect IN doubtful WHERE effect.day = day
            AND all(way IN effect.ways WHERE any(repeal IN way WHERE NOT repeal IN idle AND NOT repeal IN fallen))
          | effect.change])) AS idle
WITH [effect IN effects WHERE NOT effect.change IN idle] AS effects
// ---
UNWIND effects AS effect
WITH effect.change AS change, effect.target AS target, effect.first AS first
RETURN startNode(change).id AS source, type(change) AS type, target.id AS target, toString(first) AS on
