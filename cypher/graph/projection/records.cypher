// All records of one kind as packed columns with their titles folded; those with earlier spells once more with their days.
// Those renamed once more with their former titles. Which of them a source calls no longer in force without a day: told_over.
// gives: ids, valid_from, valid_to, earlier, told_over, titles, renamed
// names: KIND
MATCH (record:KIND)
WITH record, CASE WHEN record.earlier_spell_from IS NULL THEN NULL ELSE
  [record.id, record.earlier_spell_from, record.earlier_spell_to] END AS spell,
  CASE WHEN record.earlier_title IS NULL THEN NULL ELSE
  [record.id, record.earlier_title, record.earlier_title_from, record.earlier_title_to] END AS change
RETURN collect(record.id) AS ids,
       collect(coalesce(toString(record.valid_from), '')) AS valid_from,
       collect(coalesce(toString(record.valid_to), '')) AS valid_to,
       collect(spell) AS earlier,
       collect(CASE WHEN record.told_force = 'not_in_force' THEN record.id END) AS told_over,
       collect(coalesce(record.search_name, '')) AS titles, collect(change) AS renamed
