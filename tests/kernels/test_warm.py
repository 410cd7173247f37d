"""What our pages share through the template, and what they must not."""

import pytest

from academy.data import DataFolder
from academy.people import People
from academy.store import open_store
from academy_app.kernels.process import TemplateProcess
from academy_app.kernels.template import TemplateSettings
from tests.kernels.forked import ENVIRONMENT, Kernel
from tests.support.patience import SECONDS

COURSE = "innovative-workers-education"


@pytest.fixture(scope="module")
def template():
    settings = TemplateSettings(
        preload=("ipywidgets", "anywidget"), warm=("academy_widgets.warm:warm",), heartbeat=False
    )
    process = TemplateProcess(settings, {**ENVIRONMENT, "ACADEMY_COURSES": COURSE})
    yield process
    process.close()
    process.process.wait(SECONDS)


@pytest.fixture
def kernel(template):
    with Kernel(template, "p-amina") as kernel:
        yield kernel


def test_no_connection_and_nobody_is_shared(kernel):
    setup = """
import gc, os, sqlite3, sqlalchemy
from academy.session import of_environment
gc.unfreeze()  # what was there before the fork
things = gc.get_objects()
connections = [type(thing).__name__ for thing in things if isinstance(thing, sqlite3.Connection)]
pools = [thing.pool for thing in things if isinstance(thing, sqlalchemy.Engine)]
"""
    assert kernel.value("connections", setup) == []
    assert kernel.value("sum(pool.checkedin() + pool.checkedout() for pool in pools)", setup) == 0
    assert kernel.value("of_environment.cache_info().currsize") == 0
    assert kernel.value("[os.environ.get('ACADEMY_DATA'), os.environ['ACADEMY_PERSON']]") == [None, "p-amina"]


def test_what_a_page_asks_of_the_database_is_ready_before_the_fork_and_nobody_was_in_it(tmp_path):
    data = DataFolder.create(tmp_path / "data")
    store = open_store(data.store_url)
    people = People(store, data.secret, COURSE)
    amina = people.add("Amina").person.id
    environment = {**ENVIRONMENT, "ACADEMY_COURSES": COURSE, "ACADEMY_DATA": str(data.path)}
    settings = TemplateSettings(warm=("academy_widgets.warm:warm",), heartbeat=False)
    process = TemplateProcess(settings, environment)
    setup = f"""
import os
os.environ |= {{"ACADEMY_DATA": {str(data.path)!r}, "ACADEMY_EDITION": {COURSE!r}}}
from sqlalchemy.sql.compiler import SQLCompiler
made, make = [], SQLCompiler.__init__
def count(self, *a, **k):
    made.append(1)
    return make(self, *a, **k)
SQLCompiler.__init__ = count
from academy_widgets import exercise
form = exercise("context-map")
"""
    try:
        with Kernel(process, amina) as kernel:
            assert kernel.value("[form.doc['person'], len(made)]", setup) == [amina, 0]
    finally:
        process.close()
        process.process.wait(SECONDS)
    assert [person.id for person in people.all()] == [amina]
    store.close()


def test_nobody_comes_into_the_database_of_the_course(tmp_path):
    live = tmp_path / "live.sqlite"
    environment = {**ENVIRONMENT, "ACADEMY_COURSES": COURSE, "ACADEMY_DATABASE": f"sqlite:///{live}"}
    process = TemplateProcess(
        TemplateSettings(level="modules", warm=("academy_widgets.warm:warm",)), environment
    )
    process.close()
    process.process.wait(SECONDS)
    assert not live.exists()


def test_the_course_is_there_in_its_languages_before_a_page_asks(kernel):
    setup = f"""
from academy.course import load_course
from academy.course.load import _load_course
before = _load_course.cache_info().misses
for language in (None, "ar"): load_course({COURSE!r}, language)
"""
    assert kernel.value("_load_course.cache_info().misses - before", setup) == 0


def test_two_people_have_two_sessions_and_connections(template, tmp_path):
    data = DataFolder.create(tmp_path / "data")
    store = open_store(data.store_url)
    people = People(store, data.secret, COURSE)
    ids = [people.add(name).person.id for name in ("Amina", "Bao")]
    setup = f"""
import os
os.environ["ACADEMY_DATA"], os.environ["ACADEMY_EDITION"] = {str(data.path)!r}, {COURSE!r}
from academy.session import current
from academy_widgets import exercise
form = exercise("context-map")
"""
    with Kernel(template, ids[0]) as amina, Kernel(template, ids[1]) as bao:
        found = [kernel.value("[current().person_id, form.doc['person']]", setup) for kernel in (amina, bao)]
    assert found == [[id_, id_] for id_ in ids]
    store.close()
