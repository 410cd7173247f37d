"""A course of other people is dropped into a data folder, and served with its own pages and the general ones."""

import json
import re

import pytest

from academy.course import load_course
from academy.course.lint.whole import lint_course
from academy.data import DataFolder
from academy.store import Releases
from tests.support.outsider import OUTSIDER, drop_in
from tests.support.server import AcademyServer
from tests.support.visitor import Visitor

PART_FAILED = '<p class="notice" role="alert">'


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("outsider") / "data"
    course = load_course(drop_in(DataFolder.create(folder).path))
    with AcademyServer(folder, course=OUTSIDER) as server:
        for exercise in course.exercises:
            Releases(server.store, course.id).release(exercise.id)
        yield server


@pytest.fixture(scope="module")
def ana(server):
    with Visitor(server.url) as visitor:
        yield visitor.sign_in(server.people.add("Ana").code)


@pytest.fixture(scope="module")
def luz(server):
    with Visitor(server.url) as visitor:
        yield visitor.sign_in(server.people.add("Luz", role="facilitator").code)


def opened(visitor, page):
    answer = visitor.get(f"voila/render/{page}.ipynb")
    assert answer.status_code == 200, answer.text
    assert PART_FAILED not in answer.text
    return answer.text


def test_the_course_has_no_fault(server):
    assert lint_course(server.data.path / "exercises" / OUTSIDER) == []


def test_home_leads_to_each_module_by_plain_names(ana):
    home = opened(ana, "home")
    for page in ("bienvenida", "riesgos", "propuesta", "intercambio"):
        assert f'<a href="{page}.ipynb">' in home
    assert "Cuidar sin enfermar" in home


@pytest.mark.parametrize(
    ("page", "words", "asked"),
    [
        ("bienvenida", "una hoja en la pared", "¿Desde hace cuántos años?"),
        ("riesgos", "Lo que el trabajo le hace al cuerpo", "¿Cuánto daño hace?"),
        ("propuesta", "Una queja dice lo que está mal", "¿Qué día lo presentamos?"),
    ],
)
def test_a_text_page_is_served_with_its_form(ana, page, words, asked):
    shown = opened(ana, page)
    assert words in shown.partition('id="academy-starting"')[0], "people read before the form is there"
    assert asked in shown
    assert "academy_widgets" not in shown


def test_pages_lead_to_each_other_and_show_pictures_and_boards(ana):
    assert 'href="riesgos.ipynb">lo que el trabajo le hace al cuerpo' in opened(ana, "bienvenida")
    risks = opened(ana, "riesgos")
    assert 'src="data:image/svg+xml;base64,' in risks
    assert 'data-webinar="asamblea"' in risks
    assert "data:image/svg+xml;base64," in ana.get("voila/full/riesgos.ipynb").text


@pytest.mark.parametrize("page", ["week-1-transformation", "journal", "facilitator/nothing", "README"])
def test_lessons_of_another_course_are_not_there(luz, page):
    assert luz.get(f"voila/render/{page}.ipynb").status_code == 404
    assert luz.get(f"present/{page}").status_code == 404


@pytest.mark.parametrize("page", ["passport", "facilitator/desk", "facilitator/cohort", "facilitator/grade"])
def test_general_pages_fit_this_course_too(luz, page):
    assert "Cuidar sin enfermar" in opened(luz, page)


def test_rounds_of_review_and_meetings_are_there(ana, luz):
    assert "Leernos" in opened(ana, "intercambio")
    assert "Leemos dos propuestas" in opened(luz, "facilitator/reviews")
    shown = luz.get("present/riesgos").text
    assert "¿Dónde duele después del turno?" in shown


def test_a_form_is_taken_away_and_leads_back_to_its_page(ana):
    file = ana.get("offline/riesgos.html").text
    assert "Las bolsas" not in file
    assert "Nuestro mapa de riesgos" in file
    assert json.loads(ana.get("paper/riesgos.json").text)
    back = re.search(r'href="([^"]*riesgos\.ipynb)"', ana.get("answers/riesgos").text)
    assert ana.get(back[1]).status_code == 200
