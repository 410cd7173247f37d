"""A small course, a store, and a room in which people are together."""

import itertools
import shutil

import pytest

from academy.course import load_course
from academy.live import Ballot, Live
from academy.store import open_store
from tests.live.small import small_course

SECRET = b"s" * 32


@pytest.fixture(scope="session")
def course(tmp_path_factory):
    return load_course(small_course(tmp_path_factory.mktemp("courses")))


@pytest.fixture(scope="session")
def empty(tmp_path_factory):
    """A database with its tables, to be copied: making them takes longer than most tests."""
    file = tmp_path_factory.mktemp("empty") / "academy.sqlite"
    open_store(file).close()
    return file


@pytest.fixture
def store(tmp_path, empty):
    file = tmp_path / "academy.sqlite"
    if empty.exists():  # as it does on SQLite
        shutil.copy(empty, file)
    store = open_store(file, migrate=False)
    yield store
    store.close()


@pytest.fixture
def live(store, course):
    return Live(store, course, SECRET)


@pytest.fixture
def room(live):
    return live.start("webinar-1", by="f-desk")


@pytest.fixture
def vote(room):
    """Answer as a person: `vote("p-amina", "connected", "phone")`."""
    numbers = itertools.count()

    def send(who, activity, value, **more):
        name = who.partition("-")[2].capitalize()
        ballot = Ballot(who, activity, more.pop("id", f"client-{next(numbers):04}"), value, name=name, **more)
        return room.answer(ballot)

    return send


@pytest.fixture
def open_(room):
    """Open an activity."""
    return lambda activity: room.do("open", "f-desk", activity=activity)
