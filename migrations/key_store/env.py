"""Runs the key store's migrations over the connection that is handed in."""

from alembic import context

from recruitment.store.base import KeyStoreBase

connection = context.config.attributes["connection"]
context.configure(
    connection=connection, target_metadata=KeyStoreBase.metadata, render_as_batch=True, compare_type=True
)
with context.begin_transaction():
    context.run_migrations()
