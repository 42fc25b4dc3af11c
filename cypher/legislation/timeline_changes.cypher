// The amendments and repeals that these texts underwent, with everything stored of them.
// takes: ids
// gives: source, type, target, properties
UNWIND $ids AS id
MATCH (target:Record {id: id})<-[edge:AMENDS|REPEALS]-(source:Record)
RETURN source.id AS source, type(edge) AS type, target.id AS target, properties(edge) AS properties
