import pytest

from academy.store import Answers, open_store
from academy.store.schema import PersonRow


@pytest.fixture
def store(tmp_path):
    store = open_store(tmp_path / "academy.sqlite")
    with store.write() as session:
        session.add_all(PersonRow(id=f"p-{name}", display_name=name) for name in ("amina", "bao"))
    yield store
    store.close()


@pytest.fixture
def answers(store):
    return Answers(store, "course")
