"""The migrations lead to the tables that the code knows."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from academy.store import open_store
from academy.store.schema import Base


def test_a_migrated_database_has_exactly_the_tables_of_the_schema(tmp_path):
    store = open_store(tmp_path / "academy.sqlite")
    with store.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []
    store.close()
