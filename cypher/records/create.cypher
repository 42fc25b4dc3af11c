// Makes records of one kind.
// takes: rows
// names: KIND
UNWIND $rows AS row
CREATE (record:Record:KIND)
SET record = row
