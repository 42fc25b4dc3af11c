// What the units of an institution hand to each other and exchange with others on a day, one row for each two units
// and services.
// The institution of a unit is the nearest above it, at most ten ties up, whose category on the day makes it one;
// of several the way with fewer second ties counts, then the lower identifier; without any the unit stands alone.
// Units of another institution that hang under it without an institution between are tied to it: `units` lets its
// own count, those tied to it, or both.
// takes: id, at, categories, units
// gives: sender_unit, sender, receiver_unit, receiver, document, producing, requiring
MATCH path = (asked:Organisation {id: $id})<-[:PART_OF*0..10]-(unit:Organisation)
WHERE all(tie IN relationships(path)
          WHERE (tie.valid_from IS NULL OR tie.valid_from <= $at) AND (tie.valid_to IS NULL OR $at < tie.valid_to)
            AND (startNode(tie).spells IS NULL AND (startNode(tie).valid_from IS NULL OR startNode(tie).valid_from <= $at)
                  AND (startNode(tie).valid_to IS NULL OR $at < startNode(tie).valid_to)
                  OR any(spell IN coalesce(startNode(tie).spells, []) WHERE left(spell, 10) <= toString($at) AND toString($at) < right(spell, 10))))
WITH asked, unit, min(size([passed IN nodes(path)[1..]
       WHERE CASE WHEN all(last IN coalesce(passed.earlier_category_to, []) WHERE last <= toString($at))
                  THEN passed.category
                  ELSE head([past IN range(0, size(passed.earlier_category) - 1)
                             WHERE passed.earlier_category_from[past] <= toString($at)
                               AND toString($at) < passed.earlier_category_to[past] | passed.earlier_category[past]])
             END IN $categories])) AS passes
WITH unit, passes, coalesce(head(COLLECT {
       MATCH path = (asked)-[:PART_OF*0..10]->(above:Organisation)
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
     }), asked.id) AS home,
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
MATCH (unit)<-[provides:PROVIDED_BY]-(service:Service)-[says:PRODUCES|REQUIRES]->(document:Document|DataElement)
WHERE (provides.valid_from IS NULL OR provides.valid_from <= $at)
  AND (provides.valid_to IS NULL OR $at < provides.valid_to)
  AND (says.valid_from IS NULL OR says.valid_from <= $at) AND (says.valid_to IS NULL OR $at < says.valid_to)
  AND (service.spells IS NULL AND (service.valid_from IS NULL OR service.valid_from <= $at)
        AND (service.valid_to IS NULL OR $at < service.valid_to)
        OR any(spell IN coalesce(service.spells, []) WHERE left(spell, 10) <= toString($at) AND toString($at) < right(spell, 10)))
MATCH (document)<-[meets:PRODUCES|REQUIRES]-(partner:Service)
WHERE type(meets) <> type(says) AND partner <> service
  AND (meets.valid_from IS NULL OR meets.valid_from <= $at) AND (meets.valid_to IS NULL OR $at < meets.valid_to)
  AND (partner.spells IS NULL AND (partner.valid_from IS NULL OR partner.valid_from <= $at)
        AND (partner.valid_to IS NULL OR $at < partner.valid_to)
        OR any(spell IN coalesce(partner.spells, []) WHERE left(spell, 10) <= toString($at) AND toString($at) < right(spell, 10)))
OPTIONAL MATCH (partner)-[also_provides:PROVIDED_BY]->(other:Organisation)
WHERE (also_provides.valid_from IS NULL OR also_provides.valid_from <= $at)
  AND (also_provides.valid_to IS NULL OR $at < also_provides.valid_to)
WITH service, partner, document, unit, institution, other, type(says) = 'PRODUCES' AS gives,
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
     }), other.id) AS other_institution
RETURN DISTINCT CASE WHEN gives THEN unit.id ELSE other.id END AS sender_unit,
       CASE WHEN gives THEN institution ELSE other_institution END AS sender,
       CASE WHEN gives THEN other.id ELSE unit.id END AS receiver_unit,
       CASE WHEN gives THEN other_institution ELSE institution END AS receiver,
       document.id AS document,
       CASE WHEN gives THEN service.id ELSE partner.id END AS producing,
       CASE WHEN gives THEN partner.id ELSE service.id END AS requiring
