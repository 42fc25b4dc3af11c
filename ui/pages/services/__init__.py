"""Pages of services: the table, the inventory and the card of one."""
