"""Alembic's entry: runs the numbered migrations on the connection it is given."""

from alembic import context

import models.tables
from models.base import Base

assert models.tables  # every table is registered on Base.metadata by importing it

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    render_as_batch=connection.dialect.name == "sqlite",
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
