// Whether acts and provisions are in force on a day: valid, not repealed, and so is all that a provision is part of.
// A repeal counts from its first day if the act it comes from was there then; it stays done when that act ends.
// takes: ids, at
// gives: id, is_in_force
MATCH (repealing)-[repeal:REPEALS]->(text)
WHERE NOT coalesce(repeal.is_partial, false)
MATCH (repealing)-[:PART_OF*0..]->(around)
WITH text, repeal, max(around.valid_from) AS there_from, min(around.valid_to) AS there_to
WITH text, repeal, there_from, there_to, coalesce(repeal.valid_from, there_from) AS first
WHERE (first IS NULL OR first <= $at) AND (repeal.valid_to IS NULL OR $at < repeal.valid_to)
  AND (there_from IS NULL OR there_from <= first) AND (there_to IS NULL OR first IS NULL OR first < there_to)
WITH collect(DISTINCT text) AS repealed
UNWIND $ids AS id
MATCH (record:Record {id: id})
RETURN id, EXISTS {
  MATCH path = (record)-[:PART_OF*0..]->(top)
  WHERE all(part IN relationships(path)
            WHERE (part.valid_from IS NULL OR part.valid_from <= $at) AND (part.valid_to IS NULL OR $at < part.valid_to)
              AND (startNode(part).valid_from IS NULL OR startNode(part).valid_from <= $at)
              AND (startNode(part).valid_to IS NULL OR $at < startNode(part).valid_to))
    AND NOT EXISTS {
      MATCH (top)-[part:PART_OF]->()
      WHERE (part.valid_from IS NULL OR part.valid_from <= $at) AND (part.valid_to IS NULL OR $at < part.valid_to)
        AND (top.valid_from IS NULL OR top.valid_from <= $at)
        AND (top.valid_to IS NULL OR $at < top.valid_to)
    }
    AND all(text IN nodes(path)
            WHERE NOT text IN repealed
              AND (text.valid_from IS NULL OR text.valid_from <= $at) AND (text.valid_to IS NULL OR $at < text.valid_to))
} AS is_in_force
