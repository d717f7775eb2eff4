"""What Alembic runs: the revisions, on the connection and in the transaction that `storage.postgres.schema` holds."""

from __future__ import annotations

from alembic import context

from voxport.storage.postgres.names import VERSION_TABLE
from voxport.storage.postgres.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    version_table=VERSION_TABLE,
    transactional_ddl=False,  # the caller's transaction is the one
)
context.run_migrations()
