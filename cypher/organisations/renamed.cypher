// Which of these units had another title for a while that began or ended after the first day and not after the last.
// takes: ids, first, last
// gives: id, days
UNWIND $ids AS id
MATCH (unit:Record {id: id})
WHERE unit.earlier_title_to IS NOT NULL
WITH unit, [day IN unit.earlier_title_from + unit.earlier_title_to WHERE $first < day AND day <= $last] AS days
WHERE size(days) > 0
RETURN unit.id AS id, days
