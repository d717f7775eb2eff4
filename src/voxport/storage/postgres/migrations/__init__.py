"""The steps that bring a database from version to version (Alembic); run by `storage.postgres.schema` only."""
