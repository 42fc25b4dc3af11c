// The yearly transactions of all services that tell them, as packed columns.
// gives: services, transactions
MATCH (service:Service)
WHERE service.yearly_transactions IS NOT NULL
RETURN collect(service.id) AS services, collect(service.yearly_transactions) AS transactions
