"""Runs the migrations inside the transaction of the store that asks for them."""

from alembic import context

from academy.store.schema import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    transactional_ddl=False,
)
context.run_migrations()
