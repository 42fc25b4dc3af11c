// What the units of one institution hand to those of another on a day, one row for each two units and services.
// The institution of a unit is the nearest above it, at most ten ties up, whose category on the day makes it one;
// of several the way with fewer second ties counts, then the lower identifier; without any the unit stands alone.
// takes: from_id, to_id, at, categories
// gives: sender_unit, sender, receiver_unit, receiver, document, producing, requiring
MATCH path = (institution:Organisation {id: $from_id})<-[:PART_OF*0..10]-(unit:Organisation)
WHERE all(tie IN relationships(path)
          WHERE (tie.valid_from IS NULL OR tie.valid_from <= $at) AND (tie.valid_to IS NULL OR $at < tie.valid_to)
            AND (startNode(tie).valid_from IS NULL OR startNode(tie).valid_from <= $at)
            AND (startNode(tie).valid_to IS NULL OR $at < startNode(tie).valid_to))
WITH DISTINCT unit
WITH unit, coalesce(head(COLLECT {
       MATCH path = (unit)-[:PART_OF*0..10]->(above:Organisation)
       WHERE all(tie IN relationships(path)
                 WHERE (tie.valid_from IS NULL OR tie.valid_from <= $at)
                   AND (tie.valid_to IS NULL OR $at < tie.valid_to)
                   AND (startNode(tie).valid_from IS NULL OR startNode(tie).valid_from <= $at)
                   AND (startNode(tie).valid_to IS NULL OR $at < startNode(tie).valid_to))
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
WHERE sender = $from_id
MATCH (unit)<-[provides:PROVIDED_BY]-(producing:Service)-[produces:PRODUCES]->(document:Document|DataElement)
WHERE (provides.valid_from IS NULL OR provides.valid_from <= $at)
  AND (provides.valid_to IS NULL OR $at < provides.valid_to)
  AND (produces.valid_from IS NULL OR produces.valid_from <= $at)
  AND (produces.valid_to IS NULL OR $at < produces.valid_to)
  AND (producing.valid_from IS NULL OR producing.valid_from <= $at)
  AND (producing.valid_to IS NULL OR $at < producing.valid_to)
MATCH (document)<-[requires:REQUIRES]-(requiring:Service)-[also_provides:PROVIDED_BY]->(other:Organisation)
WHERE requiring <> producing
  AND (requires.valid_from IS NULL OR requires.valid_from <= $at)
  AND (requires.valid_to IS NULL OR $at < requires.valid_to)
  AND (also_provides.valid_from IS NULL OR also_provides.valid_from <= $at)
  AND (also_provides.valid_to IS NULL OR $at < also_provides.valid_to)
  AND (requiring.valid_from IS NULL OR requiring.valid_from <= $at)
  AND (requiring.valid_to IS NULL OR $at < requiring.valid_to)
WITH unit, sender, document, producing, requiring, other,
     coalesce(head(COLLECT {
       MATCH path = (other)-[:PART_OF*0..10]->(above:Organisation)
       WHERE all(tie IN relationships(path)
                 WHERE (tie.valid_from IS NULL OR tie.valid_from <= $at)
                   AND (tie.valid_to IS NULL OR $at < tie.valid_to)
                   AND (startNode(tie).valid_from IS NULL OR startNode(tie).valid_from <= $at)
                   AND (startNode(tie).valid_to IS NULL OR $at < startNode(tie).valid_to))
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
WHERE receiver = $to_id
RETURN DISTINCT unit.id AS sender_unit, sender, other.id AS receiver_unit, receiver,
       document.id AS document, producing.id AS producing, requiring.id AS requiring
