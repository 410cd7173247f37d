"""A store rehearses on another file, and keeps nothing but what it learned."""

import pytest

from academy.store import Answers, Edit, open_store
from academy.store.schema import Base, PersonRow
from tests.support.databases import SERVER

pytestmark = pytest.mark.skipif(bool(SERVER), reason="this is about files of SQLite")


def people_in(store):
    with store.session() as session:
        return [person.id for person in session.query(PersonRow)]


def test_what_is_written_in_a_rehearsal_is_not_in_the_database(tmp_path):
    store = open_store(tmp_path / "real.sqlite")
    with store.rehearsing(tmp_path / "stage.sqlite"):
        Base.metadata.create_all(store.engine)
        with store.write() as session:
            session.add(PersonRow(id="p-nobody", display_name=""))
        Answers(store, "course").save("p-nobody", "exercise", [Edit("edit-0001", "field", "text")])
        assert people_in(store) == ["p-nobody"]
    assert people_in(store) == []
    store.close()


def test_no_connection_is_left_after_it_and_none_of_before_is_used_in_it(tmp_path):
    store = open_store(tmp_path / "real.sqlite")
    assert store.engine.pool.checkedin() == 1
    with store.rehearsing(tmp_path / "stage.sqlite"):
        assert store.engine.pool.checkedin() == 0
        with store.session():
            pass
        assert store.engine.pool.checkedin() == 1
    assert store.engine.pool.checkedin() == 0
    store.close()


def test_a_rehearsal_that_fails_leaves_the_store_at_its_own_file(tmp_path):
    store = open_store(tmp_path / "real.sqlite")
    with pytest.raises(KeyError), store.rehearsing(tmp_path / "stage.sqlite"):
        raise KeyError
    assert people_in(store) == []
    store.close()


def test_only_sqlite_rehearses(tmp_path):
    store = open_store("postgresql+psycopg://nowhere/nothing", migrate=False)
    with pytest.raises(ValueError, match="SQLite"), store.rehearsing(tmp_path / "stage.sqlite"):
        pass
