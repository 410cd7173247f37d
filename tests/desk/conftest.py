"""A small course at the desk: people, their work, a round of reviews, and facilitators."""

import datetime as dt

import pytest

from academy.course import load_course
from academy.data import DataFolder
from academy.session import Session
from academy.store.schema import Revision
from academy_widgets.facilitator.cohort_desk import CohortDesk
from tests.peers.conftest import Class
from tests.peers.small import small_course

MODULE = "  - id: week\n    title: A week\n    minutes: 300\n"
ACTIVITIES = """    starts: 2026-03-09
    activities:
      - {id: a, title: An idea, minutes: 30, exercise: idea}
      - {id: b, title: Reviews, minutes: 30, exercise: idea-reviews}
"""


@pytest.fixture
def folder(tmp_path):
    folder = small_course(tmp_path)
    course = folder / "course.yaml"
    course.write_text(course.read_text("utf-8").replace(MODULE, MODULE + ACTIVITIES), "utf-8")
    return folder


@pytest.fixture
def group(folder, tmp_path):
    data = DataFolder.create(tmp_path / "data")
    made = Class(folder, data.store_url)
    made.data = data
    yield made
    made.store.close()


@pytest.fixture
def session_of(group):
    """Sit down at the desk as a new person of a role."""

    def sit(role="facilitator", name="Desk", language="en"):
        person = group.people.add(name, role=role).person
        course = load_course(group.course.folder, language)
        return Session(person.id, role, name, language, None, course, group.store, group.data)

    return sit


@pytest.fixture
def desk(session_of, group):
    group.clock.now = dt.datetime(2026, 3, 12, 9, tzinfo=dt.UTC)
    return CohortDesk(
        session_of(), group.clock, lambda: 0.0
    )  # nothing is rested from: each look works out anew


@pytest.fixture
def long_ago(group):
    """Make all that somebody wrote and was as old as some days."""

    def move(person, days):
        then = dt.datetime.now(dt.UTC) - dt.timedelta(days=days)
        with group.store.write() as session:
            from academy.store.schema import Enrolment, SubmissionRow

            for row in session.query(Revision).filter_by(person_id=person):
                row.edited_at = then
            for row in session.query(SubmissionRow).filter_by(person_id=person):
                row.at = then
            session.get(Enrolment, (group.course.id, person)).at = then

    return move


@pytest.fixture
def questions(group):
    """Count the questions that something puts to the database."""
    import sqlalchemy as sa

    def count(work):
        asked = []
        hear = lambda *args: asked.append(args[2])  # noqa: E731
        sa.event.listen(group.store.engine, "before_cursor_execute", hear)
        try:
            work()
        finally:
            sa.event.remove(group.store.engine, "before_cursor_execute", hear)
        return len([text for text in asked if text.lstrip().upper().startswith("SELECT")])

    return count
