// What kind of office these organisations are: their status and types, with the earlier statuses and their days.
// takes: ids
// gives: kinds
UNWIND $ids AS id
MATCH (office:Organisation {id: id})
RETURN collect([id, office.types, office.status,
                office.earlier_status, office.earlier_status_from, office.earlier_status_to]) AS kinds
