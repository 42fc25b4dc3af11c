// How many edges of one type there are.
// gives: count
// names: EDGE_TYPE
MATCH ()-[edge:EDGE_TYPE]->()
RETURN count(edge) AS count
