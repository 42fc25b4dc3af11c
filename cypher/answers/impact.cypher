// What falls or must be looked at again when a record ends on a day, with how far it is.
// Each edge leads from what is needed to what needs it; only PRODUCES leads along: a document needs its service.
// takes: id, at
// gives: id, depth
MATCH path = (start:Record {id: $id})
  ((needed)-[edge:BASED_ON|PART_OF|PROVIDED_BY|REQUIRES|CONTAINS|CARRIES|ISSUED_BY|USES|RUNS_ON|OPERATED_BY
            |SENT_BY|SENT_TO|AT|HOLDS|LOCATED_IN|PRODUCES]-(needing)
   WHERE (type(edge) = 'PRODUCES') = (startNode(edge) = needed)
     AND (edge.valid_from IS NULL OR edge.valid_from <= $at) AND (edge.valid_to IS NULL OR $at < edge.valid_to)
     AND (startNode(edge).valid_from IS NULL OR startNode(edge).valid_from <= $at)
     AND (startNode(edge).valid_to IS NULL OR $at < startNode(edge).valid_to))+
  (other:Record)
WHERE other <> start
RETURN other.id AS id, min(length(path)) AS depth
