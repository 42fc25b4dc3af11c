// What the institutions of the whole state hand to each other on a day: how many documents, and in how many meetings
// of a producing with a requiring service.
// The institution of a unit is the nearest above it, at most ten ties up, whose category on the day makes it one;
// of several the way with fewer second ties counts, then the lower identifier; without any the unit stands alone.
// takes: at, categories
// gives: sender, receiver, documents, meetings
MATCH (unit:Organisation)<-[provides:PROVIDED_BY]-(producing:Service),
      (producing)-[produces:PRODUCES]->(document:Document|DataElement)
WHERE (provides.valid_from IS NULL OR provides.valid_from <= $at)
  AND (provides.valid_to IS NULL OR $at < provides.valid_to)
  AND (produces.valid_from IS NULL OR produces.valid_from <= $at)
  AND (produces.valid_to IS NULL OR $at < produces.valid_to)
  AND (producing.spells IS NULL AND (producing.valid_from IS NULL OR producing.valid_from <= $at)
        AND (producing.valid_to IS NULL OR $at < producing.valid_to)
        OR any(spell IN coalesce(producing.spells, []) WHERE left(spell, 10) <= toString($at) AND toString($at) < right(spell, 10)))
MATCH (document)<-[requires:REQUIRES]-(requiring:Service)-[also_provides:PROVIDED_BY]->(other:Organisation)
WHERE requiring <> producing
  AND (requires.valid_from IS NULL OR requires.valid_from <= $at)
  AND (requires.valid_to IS NULL OR $at < requires.valid_to)
  AND (also_provides.valid_from IS NULL OR also_provides.valid_from <= $at)
  AND (also_provides.valid_to IS NULL OR $at < also_provides.valid_to)
  AND (requiring.spells IS NULL AND (requiring.valid_from IS NULL OR requiring.valid_from <= $at)
        AND (requiring.valid_to IS NULL OR $at < requiring.valid_to)
        OR any(spell IN coalesce(requiring.spells, []) WHERE left(spell, 10) <= toString($at) AND toString($at) < right(spell, 10)))
WITH unit, collect([document, producing, requiring, other]) AS meetings
WITH meetings, coalesce(head(COLLECT {
       MATCH path = (unit)-[:PART_OF*0..10]->(above:Organisation)
       WHERE all(tie IN relationships(path)
                 WHERE (tie.valid_from IS NULL OR tie.valid_from <= $at)
                   AND (tie.valid_to IS NULL OR $at < tie.valid_to)
                   AND (startNode(tie).spells IS NULL AND (startNode(tie).valid_from IS NULL OR startNode(tie).valid_from <= $at)
                         AND (startNode(tie).valid_to IS NULL OR $at < startNode(tie).valid_to)
                         OR any(spell IN coalesce(startNode(tie).spells, []) WHERE left(spell, 10) <= toString($at) AND toString($at) < right(spell, 10))))
         AND CASE WHEN all(last IN coalesce(above.earlier_category_to, []) WHERE last <= toString($at))
                  THEN above.category
                  ELSE head([past IN range(0, size(above.earlier_category) - 1)
                             WHERE above.earlier_category_from[past] <= toString($at)
                               AND toString($at) < above.earlier_category_to[past] | above.earlier_category[past]])
             END IN $categories
       RETURN above.id
       ORDER BY length(path), size([tie IN relationships(path) WHERE tie.is_secondary]), above.id
       LIMIT 1
     }), unit.id) AS sender
UNWIND meetings AS meeting
WITH meeting[3] AS other, collect([sender, meeting[0], meeting[1], meeting[2]]) AS meetings
WITH meetings, coalesce(head(COLLECT {
       MATCH path = (other)-[:PART_OF*0..10]->(above:Organisation)
       WHERE all(tie IN relationships(path)
                 WHERE (tie.valid_from IS NULL OR tie.valid_from <= $at)
                   AND (tie.valid_to IS NULL OR $at < tie.valid_to)
                   AND (startNode(tie).spells IS NULL AND (startNode(tie).valid_from IS NULL OR startNode(tie).valid_from <= $at)
                         AND (startNode(tie).valid_to IS NULL OR $at < startNode(tie).valid_to)
                         OR any(spell IN coalesce(startNode(tie).spells, []) WHERE left(spell, 10) <= toString($at) AND toString($at) < right(spell, 10))))
         AND CASE WHEN all(last IN coalesce(above.earlier_category_to, []) WHERE last <= toString($at))
                  THEN above.category
                  ELSE head([past IN range(0, size(above.earlier_category) - 1)
                             WHERE above.earlier_category_from[past] <= toString($at)
                               AND toString($at) < above.earlier_category_to[past] | above.earlier_category[past]])
             END IN $categories
       RETURN above.id
       ORDER BY length(path), size([tie IN relationships(path) WHERE tie.is_secondary]), above.id
       LIMIT 1
     }), other.id) AS receiver
UNWIND meetings AS meeting
WITH DISTINCT meeting[0] AS sender, receiver, meeting[1] AS document,
     meeting[2] AS producing, meeting[3] AS requiring
WHERE sender <> receiver
RETURN sender, receiver, count(DISTINCT document) AS documents, count(*) AS meetings
