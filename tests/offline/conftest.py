import json

import pytest

from academy.course import load_course
from academy.data import DataFolder
from academy.offline import Importer
from academy.people import People
from academy.session import session_of
from academy.store import Answers, open_store
from academy_widgets.forms.offline_form import offline_form
from tests.support.offline import answers_file

COURSE = "innovative-workers-education"


class Office:
    """A data folder with people who take forms home and bring answers back."""

    def __init__(self, folder):
        self.data = DataFolder.create(folder)
        self.store = open_store(self.data.store_url)
        self.people = People(self.store, self.data.secret, COURSE)
        self.course = load_course(COURSE)

    def join(self, name, language=None):
        return self.people.add(name, language=language).person.id

    def session(self, person):
        return session_of(person, self.data, self.store, COURSE)

    def form(self, person, exercise="context-map"):
        """The file that a person downloads."""
        session = self.session(person)
        return offline_form(session, session.course.exercise(exercise))

    def file(self, person, values, exercise="context-map"):
        """The answers file of a person who typed these values just now."""
        return answers_file(self.form(person, exercise), values)

    def take(self, file, course=None, language="en", **how):
        """Bring a file in; returns the report."""
        content = file if isinstance(file, bytes) else json.dumps(file).encode()
        importer = Importer(self.data, self.store, course or self.course, language)
        return importer.take("answers.json", content, **how)

    def values(self, person):
        return Answers(self.store, COURSE).draft(person, "context-map").values

    def history(self, person, path=None):
        return Answers(self.store, COURSE).history(person, "context-map", path)


@pytest.fixture
def office(tmp_path):
    office = Office(tmp_path / "data")
    yield office
    office.store.close()


@pytest.fixture
def amina(office):
    return office.join("Amina")
