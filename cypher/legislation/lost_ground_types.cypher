// What a work list is narrowed by: the names and the types of these acts.
// takes: ids
// gives: id, title, short_title, type
UNWIND $ids AS id
MATCH (act:Record {id: id})
RETURN act.id AS id, act.title AS title, act.short_title AS short_title, act.legislation_type AS type
