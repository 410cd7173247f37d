"""The migrations lead to the tables that the code knows."""

import sqlite3

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from academy.store import open_store
from academy.store.schema import Base
from tests.support import tables


def test_a_migrated_database_has_exactly_the_tables_of_the_schema(tmp_path):
    tables.forget()
    store = open_store(tmp_path / "academy.sqlite")
    with store.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []
    store.close()


def test_a_database_that_a_test_opens_is_as_the_migrations_make_it(tmp_path):
    tables.forget()
    for name in ("migrated", "copied"):
        open_store(tmp_path / name).close()
    migrated, copied = (
        sorted(sqlite3.connect(tmp_path / name).iterdump()) for name in ("migrated", "copied")
    )
    assert migrated == copied
