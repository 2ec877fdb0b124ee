"""What Alembic runs: on the connection and in the transaction of bot.store.migrate, never on its own."""

from alembic import context

from bot.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,  # SQLite can change few things in place
    compare_server_default=True,
)
with context.begin_transaction():
    context.run_migrations()
