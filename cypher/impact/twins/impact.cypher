// What falls or must be looked at again when a record ends on a day, with how far it is. The provisions an act
// consists of are its `own` parts and not affected by it.
// Each edge leads from what is needed to what needs it; only PRODUCES leads along: a document needs its service.
// takes: id, at
// gives: id, depth, is_own
MATCH path = (start:Record {id: $id})
  ((needed)-[edge:BASED_ON|PART_OF|PROVIDED_BY|REQUIRES|CONTAINS|CARRIES|ISSUED_BY|USES|RUNS_ON|OPERATED_BY
            |SENT_BY|SENT_TO|AT|HOLDS|LOCATED_IN|PRODUCES]-(needing)
   WHERE (type(edge) = 'PRODUCES') = (startNode(edge) = needed)
     AND (edge.valid_from IS NULL OR edge.valid_from <= $at) AND (edge.valid_to IS NULL OR $at < edge.valid_to)
     AND (startNode(edge).spells IS NULL AND (startNode(edge).valid_from IS NULL OR startNode(edge).valid_from <= $at)
           AND (startNode(edge).valid_to IS NULL OR $at < startNode(edge).valid_to)
           OR any(spell IN coalesce(startNode(edge).spells, []) WHERE left(spell, 10) <= toString($at) AND toString($at) < right(spell, 10))))+
  (other:Record)
WHERE other <> start
WITH start, other, min(length(path)) AS depth
RETURN other.id AS id, depth,
       EXISTS {
         MATCH within = (other)-[:PART_OF*1..16]->(start)
         WHERE all(part IN nodes(within) WHERE part:Provision OR part:Legislation)
           AND all(tie IN relationships(within)
                   WHERE (tie.valid_from IS NULL OR tie.valid_from <= $at)
                     AND (tie.valid_to IS NULL OR $at < tie.valid_to)
                     AND (startNode(tie).spells IS NULL AND (startNode(tie).valid_from IS NULL OR startNode(tie).valid_from <= $at)
                           AND (startNode(tie).valid_to IS NULL OR $at < startNode(tie).valid_to)
                           OR any(spell IN coalesce(startNode(tie).spells, []) WHERE left(spell, 10) <= toString($at) AND toString($at) < right(spell, 10))))
       } AS is_own
