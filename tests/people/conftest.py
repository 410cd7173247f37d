import pytest

from academy.people import People
from academy.store import open_store


@pytest.fixture
def people(tmp_path):
    store = open_store(tmp_path / "academy.sqlite")
    yield People(store, b"s" * 32, "small")
    store.close()
