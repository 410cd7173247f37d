"""A gradebook that is no file: a database of PostgreSQL, named by its address."""

import configparser
import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

import pytest
from nbgrader.api import Gradebook
from traitlets.config import Config

from academy.data import gradebook_url
from academy.errors import DataError
from academy.store import Feedback
from academy_grading.config import configure
from academy_grading.grades.database import has_gradebook
from academy_grading.sources.course_root import build_course
from tests.grading.classroom import GOAL
from tests.grading.exchange.test_feedback_release import grade as by_hand
from tests.support import databases, postgres

pytestmark = pytest.mark.skipif(bool(databases.SERVER), reason="its gradebooks are on PostgreSQL anyway")
ADDRESS = "postgresql+psycopg://kit:50%25@localhost/grades-{course}"


def test_each_course_has_a_database_of_its_own(small, monkeypatch):
    monkeypatch.setenv("ACADEMY_GRADEBOOK", ADDRESS)
    config = Config()
    configure(config, small.root / "nbgrader_config.py")
    assert config.CourseDirectory.db_url == "postgresql+psycopg://kit:50%25@localhost/grades-small-course"


@pytest.mark.parametrize(
    "given", ["postgresql://kit@localhost/grades", "sqlite:///grades.db?timeout=60", "grades"]
)
def test_an_address_that_nbgrader_would_stumble_over_is_refused_with_a_sentence(small, monkeypatch, given):
    monkeypatch.setenv("ACADEMY_GRADEBOOK", given)
    with pytest.raises(
        DataError, match=r"with its driver, such as postgresql\+psycopg://.*Change it, or leave it out"
    ):
        gradebook_url(small.data, "small-course")


def test_what_upgrades_a_gradebook_reads_percent_signs_as_they_are(small, tmp_path):
    from nbgrader.dbutil import write_alembic_ini

    configure(Config(), small.root / "nbgrader_config.py")
    configure(Config(), small.root / "nbgrader_config.py")
    write_alembic_ini(str(tmp_path / "alembic.ini"), ADDRESS)
    settings = configparser.ConfigParser()
    settings.read(tmp_path / "alembic.ini", "utf-8")
    assert settings["alembic"]["sqlalchemy.url"] == ADDRESS


@pytest.mark.skipif(postgres.programs() is None, reason="there is no PostgreSQL on this machine")
def test_a_course_is_graded_in_postgresql_and_the_commands_of_nbgrader_find_it(small, monkeypatch, ready_on):
    with postgres.running(postgres.programs()) as server:
        made = postgres.new_database(server, "grades")
        address, _, folder = made.partition("?host=")
        monkeypatch.setenv("ACADEMY_GRADEBOOK", f"{address}?host={quote(folder, safe='')}")
        assert not has_gradebook(small.root)
        api = ready_on(small)
        assert has_gradebook(small.root)
        assert not (small.root / "gradebook.db").exists()
        small.submit("p-one", "plan", GOAL)
        assert api.collect("plan")["success"]
        assert api.autograde("plan", "p-one")["success"]
        build_course(small.data, small.course)
        nbgrader = Path(sys.executable).with_name("nbgrader")
        done = subprocess.run(
            [sys.executable, nbgrader, "db", "upgrade"],
            cwd=small.root,
            env=os.environ,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr
        with Gradebook(gradebook_url(small.data, "small-course"), "small-course") as gradebook:
            assert [row.student.id for row in gradebook.assignment_submissions("plan")] == ["p-one"]
        gradebook.engine.dispose()


@pytest.mark.skipif(postgres.programs() is None, reason="there is no PostgreSQL on this machine")
def test_a_facilitator_grades_and_gives_feedback_by_command_in_postgresql(small, monkeypatch, ready_on):
    def academy(*words):
        command = [Path(sys.executable).with_name("academy"), *words, "plan"]
        done = subprocess.run(
            [sys.executable, *command, "--data", str(small.data.path), "--course", "small-course"],
            env={**os.environ, "ACADEMY_LANG": "en"},
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    with postgres.running(postgres.programs()) as server:
        address, _, folder = postgres.new_database(server, "grades-small-course").partition("?host=")
        address = address.replace("small-course", "{course}")
        monkeypatch.setenv("ACADEMY_GRADEBOOK", f"{address}?host={quote(folder, safe='')}")
        ready_on(small)
        for person in ("p-one", "p-two"):
            small.submit(person, "plan", GOAL)
        assert "collected 2, graded 2, as before 0, not graded 0" in academy("grade")
        assert "collected 0, graded 0, as before 2" in academy("grade")
        by_hand(small, "p-one")
        assert "feedback given 1, as before 0" in academy("feedback")
        assert not (small.root / "gradebook.db").exists()
    document = Feedback(small.store, "small-course").latest("p-one", "plan").document
    assert [item["score"] for item in document["rubric"]] == [3, 3]
    assert Feedback(small.store, "small-course").latest("p-two", "plan") is None


@pytest.fixture
def ready_on(monkeypatch):
    """nbgrader on the course root as it is configured now, the exercise generated."""

    def api(small):
        from nbgrader.apps import NbGraderAPI
        from nbgrader.coursedir import CourseDirectory

        monkeypatch.setenv("PATH", os.environ["PATH"])
        build_course(small.data, small.course)
        config = Config()
        configure(config, small.root / "nbgrader_config.py")
        made = NbGraderAPI(coursedir=CourseDirectory(config=config), config=config)
        assert made.generate_assignment("plan")["success"]
        return made

    return api
