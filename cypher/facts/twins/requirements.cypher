// What services require on a day, and by whom it is carried.
// takes: ids, at
// gives: id, requirements
UNWIND $ids AS id
MATCH (service:Record {id: id})-[edge:REQUIRES]->(required:Record)
WHERE (edge.valid_from IS NULL OR edge.valid_from <= $at) AND (edge.valid_to IS NULL OR $at < edge.valid_to)
RETURN id AS id,
       collect({required: required.id, first_day: edge.first_day, carried_by: edge.carried_by,
                alternative: edge.alternative, condition: edge.condition, copies: edge.copies,
                order: edge.order}) AS requirements
