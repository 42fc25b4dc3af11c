// Those of the records that tell no first day of themselves, with the day they end and the days of their ties to wholes.
// takes: ids
// gives: id, over, ties, spells
UNWIND $ids AS id
MATCH (record:Record {id: id})
WHERE record.valid_from IS NULL AND record.earlier_spell_from IS NULL
OPTIONAL MATCH (record)-[tie:PART_OF]->()
WITH record, collect(CASE WHEN tie IS NULL THEN NULL ELSE
  [coalesce(toString(tie.valid_from), ''), coalesce(toString(tie.valid_to), '')] END) AS ties
RETURN record.id AS id, record.valid_to AS over, ties, record.spells AS spells
