"""The wizard's own way into the plan's databases: temporary access, schema, the users table, migration heads."""
