// What these units are part of, rest on and were succeeded by, with the days and the sources that the edges tell.
// takes: ids
// gives: id, type, far, valid_from, valid_to, source
UNWIND $ids AS id
MATCH (unit:Record {id: id})-[edge:PART_OF|BASED_ON|SUCCEEDED_BY]->(far)
RETURN unit.id AS id, type(edge) AS type, far.id AS far,
       edge.valid_from AS valid_from, edge.valid_to AS valid_to, edge.source AS source
ORDER BY id, type, valid_from, far
