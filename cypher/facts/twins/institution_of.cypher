// The institution of a unit on a day: the nearest above it whose category on that day is one of an institution's.
// At equal distance the way with fewer second ties counts, then the lower identifier; no row when there is none.
// takes: id, at, categories
// gives: id
MATCH path = (unit:Record {id: $id})-[:PART_OF*0..]->(institution:Organisation)
WHERE all(edge IN relationships(path)
          WHERE (edge.valid_from IS NULL OR edge.valid_from <= $at) AND (edge.valid_to IS NULL OR $at < edge.valid_to)
            AND (startNode(edge).spells IS NULL AND (startNode(edge).valid_from IS NULL OR startNode(edge).valid_from <= $at)
                  AND (startNode(edge).valid_to IS NULL OR $at < startNode(edge).valid_to)
                  OR any(spell IN coalesce(startNode(edge).spells, []) WHERE left(spell, 10) <= toString($at) AND toString($at) < right(spell, 10))))
WITH institution, length(path) AS distance,
     size([edge IN relationships(path) WHERE edge.is_secondary]) AS secondary,
     [past IN range(0, size(coalesce(institution.earlier_category, [])) - 1)
      WHERE institution.earlier_category_from[past] <= toString($at)
        AND (institution.earlier_category_to[past] = '' OR toString($at) < institution.earlier_category_to[past])
      | institution.earlier_category[past]] AS earlier
WHERE coalesce(head(earlier), institution.category) IN $categories
RETURN institution.id AS id
ORDER BY distance, secondary, id
LIMIT 1
