// The highest number any change carries.
// gives: number
MATCH (change:Change)
RETURN coalesce(max(change.number), 0) AS number
