// When these acts were accepted or published, whichever is known to be first; those of which neither is known left out.
// takes: ids
// gives: id, published_on
UNWIND $ids AS id
MATCH (act:Record {id: id})
WITH act, CASE WHEN act.accepted_on IS NULL OR act.gazette_on < act.accepted_on THEN act.gazette_on
               ELSE act.accepted_on END AS published_on
WHERE published_on IS NOT NULL
RETURN act.id AS id, published_on
