// What repealed or amended an act or its provisions by a day, and what had changed that, to any depth.
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
MATCH path = (start)<-[:EDGE_TYPE|PART_OF*0..]-(text)
WHERE all(edge IN relationships(path)
          WHERE edge IN done OR (type(edge) = 'PART_OF' AND startNode(edge):Provision
            AND (edge.valid_from IS NULL OR edge.valid_from <= $at) AND (edge.valid_to IS NULL OR $at < edge.valid_to)
            AND (startNode(edge).valid_from IS NULL OR startNode(edge).valid_from <= $at)
            AND (startNode(edge).valid_to IS NULL OR $at < startNode(edge).valid_to)))
WITH DISTINCT done, start, text
MATCH (text)<-[change:EDGE_TYPE]-(other)
WHERE change IN done AND other <> start
RETURN DISTINCT other.id AS id
