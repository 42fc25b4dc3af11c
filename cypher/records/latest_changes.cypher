// The changes of a span of numbers in a line each, newest first.
// takes: after, upto
// gives: number, at, who, why
MATCH (change:Change)
WHERE change.number > $after AND change.number <= $upto
RETURN change.number AS number, change.at AS at, change.who AS who, change.why AS why
ORDER BY number DESC
