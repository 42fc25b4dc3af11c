// What the units of one institution hand to those of another on a day, one row for each two units and services.
// The institution of a unit is the nearest above it, at most ten ties up, whose category on the day makes it one;
// of several the way with fewer second ties counts, then the lower identifier; without any the unit stands alone.
// Units of another institution that hang under it without an institution between are tied to it: `units` lets its
// own count, those tied to it, or both.
// takes: from_id, to_id, at, categories, units
// gives: sender_unit, sender, receiver_unit, receiver, document, producing, requiring
MATCH path = (receiving:Organisation {id: $to_id})<-[:PART_OF*0..10]-(unit:Organisation)
WHERE all(tie IN relationships(path)
          WHERE (tie.valid_from IS NULL OR tie.valid_from <= $at) AND (tie.valid_to IS NULL OR $at < tie.valid_to)
            AND (startNode(tie).spells IS NULL AND (startNode(tie).valid_from IS NULL OR startNode(tie).valid_from <= $at)
                  AND (startNode(tie).valid_to IS NULL OR $at < startNode(tie).valid_to)
                  OR any(spell IN coalesce(startNode(tie).spells, []) WHERE left(spell, 10) <= toString($at) AND toString($at) < right(spell, 10))))
WITH receiving, unit, min(size([passed IN nodes(path)[1..]
       WHERE CASE WHEN all(last IN coalesce(passed.earlier_category_to, []) WHERE last <= toString($at))
                  THEN passed.category
                  ELSE head([past IN range(0, size(passed.earlier_category) - 1)
                             WHERE passed.earlier_category_from[past] <= toString($at)
                               AND toString($at) < passed.earlier_category_to[past] | passed.earlier_category[past]])
             END IN $categories])) AS passes
WITH unit, passes, coalesce(head(COLLECT {
       MATCH path = (receiving)-[:PART_OF*0..10]->(above:Organisation)
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
     }), receiving.id) AS home,
     coalesce(head(COLLECT {
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
     }), unit.id) AS institution
WHERE CASE WHEN institution = home OR (institution = unit.id AND passes = 0) THEN $units <> 'tied'
           ELSE passes = 0 AND $units <> 'own'
      END
WITH collect(unit.id) AS receivers
MATCH path = (sending:Organisation {id: $from_id})<-[:PART_OF*0..10]-(unit:Organisation)
WHERE all(tie IN relationships(path)
          WHERE (tie.valid_from IS NULL OR tie.valid_from <= $at) AND (tie.valid_to IS NULL OR $at < tie.valid_to)
            AND (startNode(tie).spells IS NULL AND (startNode(tie).valid_from IS NULL OR startNode(tie).valid_from <= $at)
                  AND (startNode(tie).valid_to IS NULL OR $at < startNode(tie).valid_to)
                  OR any(spell IN coalesce(startNode(tie).spells, []) WHERE left(spell, 10) <= toString($at) AND toString($at) < right(spell, 10))))
WITH receivers, sending, unit, min(size([passed IN nodes(path)[1..]
       WHERE CASE WHEN all(last IN coalesce(passed.earlier_category_to, []) WHERE last <= toString($at))
                  THEN passed.category
                  ELSE head([past IN range(0, size(passed.earlier_category) - 1)
                             WHERE passed.earlier_category_from[past] <= toString($at)
                               AND toString($at) < passed.earlier_category_to[past] | passed.earlier_category[past]])
             END IN $categories])) AS passes
WITH receivers, unit, passes, coalesce(head(COLLECT {
       MATCH path = (sending)-[:PART_OF*0..10]->(above:Organisation)
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
     }), sending.id) AS home,
     coalesce(head(COLLECT {
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
     }), unit.id) AS institution
WHERE CASE WHEN institution = home OR (institution = unit.id AND passes = 0) THEN $units <> 'tied'
           ELSE passes = 0 AND $units <> 'own'
      END
MATCH (unit)<-[provides:PROVIDED_BY]-(producing:Service)-[produces:PRODUCES]->(document:Document|DataElement)
WHERE (provides.valid_from IS NULL OR provides.valid_from <= $at)
  AND (provides.valid_to IS NULL OR $at < provides.valid_to)
  AND (produces.valid_from IS NULL OR produces.valid_from <= $at)
  AND (produces.valid_to IS NULL OR $at < produces.valid_to)
  AND (producing.spells IS NULL AND (producing.valid_from IS NULL OR producing.valid_from <= $at)
        AND (producing.valid_to IS NULL OR $at < producing.valid_to)
        OR any(spell IN coalesce(producing.spells, []) WHERE left(spell, 10) <= toString($at) AND toString($at) < right(spell, 10)))
MATCH (document)<-[requires:REQUIRES]-(requiring:Service)-[also_provides:PROVIDED_BY]->(other:Organisation)
WHERE requiring <> producing AND other.id IN receivers
  AND (requires.valid_from IS NULL OR requires.valid_from <= $at)
  AND (requires.valid_to IS NULL OR $at < requires.valid_to)
  AND (also_provides.valid_from IS NULL OR also_provides.valid_from <= $at)
  AND (also_provides.valid_to IS NULL OR $at < also_provides.valid_to)
  AND (requiring.spells IS NULL AND (requiring.valid_from IS NULL OR requiring.valid_from <= $at)
        AND (requiring.valid_to IS NULL OR $at < requiring.valid_to)
        OR any(spell IN coalesce(requiring.spells, []) WHERE left(spell, 10) <= toString($at) AND toString($at) < right(spell, 10)))
WITH unit, institution AS sender, document, producing, requiring, other,
     coalesce(head(COLLECT {
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
RETURN DISTINCT unit.id AS sender_unit, sender, other.id AS receiver_unit, receiver,
       document.id AS document, producing.id AS producing, requiring.id AS requiring
