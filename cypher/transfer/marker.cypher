// The mark of a restore that has not ended.
// gives: id
MATCH (mark:Sequence {id: 'restore'})
RETURN mark.id AS id
