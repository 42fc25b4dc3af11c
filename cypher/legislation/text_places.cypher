// Where these provisions stand in their act: its own words for the place, and its number in the order of the act.
// takes: ids
// gives: id, place, provision_type, order
UNWIND $ids AS id
MATCH (provision:Record {id: id})
RETURN provision.id AS id, provision.place AS place, provision.provision_type AS provision_type,
       provision.order AS order
