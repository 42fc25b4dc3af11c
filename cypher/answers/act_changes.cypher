// What amended or repealed an act or provision, or any provision it ever had, by a day, with the day it took effect.
// It takes effect on its first day, or on that of the act it comes from, and stays done when that act ends.
// takes: id, at
// gives: source, type, target, on
MATCH (start:Record {id: $id})<-[:PART_OF*0..]-(part)
MATCH (part)<-[change:AMENDS|REPEALS]-(source)
MATCH (source)-[:PART_OF*0..]->(around)
WITH part, change, source, coalesce(change.valid_from, max(around.valid_from)) AS first
WHERE (first IS NULL OR first <= $at) AND (change.valid_to IS NULL OR $at < change.valid_to)
RETURN source.id AS source, type(change) AS type, part.id AS target, toString(first) AS on
