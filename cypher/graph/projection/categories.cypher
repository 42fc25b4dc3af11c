// The categories of all organisations as packed columns, and the earlier ones where there are any.
// gives: ids, categories, changed
MATCH (record:Organisation)
WITH record, CASE WHEN record.earlier_category IS NULL THEN NULL ELSE
  [record.id, record.earlier_category, record.earlier_category_from, record.earlier_category_to] END AS change
RETURN collect(record.id) AS ids, collect(coalesce(record.category, '')) AS categories, collect(change) AS changed
