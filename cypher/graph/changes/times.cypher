// When changes of the sequence were made.
// takes: numbers
// gives: number, at
UNWIND $numbers AS number
MATCH (change:Change {number: number})
RETURN change.number AS number, change.at AS at
