// What an act repealed or amended by a day, itself or by its provisions, and what that had changed before, to any depth.
// It counts from its first day, or from the first day of the act it comes from, and stays done when that act ends.
// takes: id, at
// gives: id
// names: EDGE_TYPE
MATCH (source)-[change:EDGE_TYPE]->()
MATCH (source)-[:PART_OF*0..]->(around)
WITH change, coalesce(change.valid_from, max(around.valid_from)) AS first
WHERE (first IS NULL OR first <= $at) AND (change.valid_to IS NULL OR $at < change.valid_to)
WITH collect(change) AS done
MATCH (start:Record {id: $id})
MATCH path = (start)<-[:PART_OF*0..]-(part)
WHERE all(edge IN relationships(path)
          WHERE startNode(edge):Provision AND (edge.valid_from IS NULL OR edge.valid_from <= $at) AND (edge.valid_to IS NULL OR $at < edge.valid_to)
            AND (startNode(edge).valid_from IS NULL OR startNode(edge).valid_from <= $at)
            AND (startNode(edge).valid_to IS NULL OR $at < startNode(edge).valid_to))
MATCH (part)-[change:EDGE_TYPE]->(text)
WHERE change IN done
WITH DISTINCT done, start, text
MATCH path = (text)-[:EDGE_TYPE|PART_OF*0..]->(other)
WHERE other <> start
  AND all(edge IN relationships(path)
          WHERE edge IN done OR (type(edge) = 'PART_OF'
            AND (edge.valid_from IS NULL OR edge.valid_from <= $at) AND (edge.valid_to IS NULL OR $at < edge.valid_to)
            AND (startNode(edge).valid_from IS NULL OR startNode(edge).valid_from <= $at)
            AND (startNode(edge).valid_to IS NULL OR $at < startNode(edge).valid_to)))
RETURN DISTINCT other.id AS id
