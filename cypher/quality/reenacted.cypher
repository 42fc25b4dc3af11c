// Which of these texts were enacted anew at some time.
// takes: ids
// gives: ids
UNWIND $ids AS id
MATCH (text:Record {id: id})<-[edge:AMENDS]-(:Record)
WHERE edge.amendment = 'reenacts'
RETURN collect(DISTINCT text.id) AS ids
