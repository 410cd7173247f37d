"""What has come for somebody is announced first, leads to where it can be read, and is marked as read once read."""

import re
import shutil

import pytest

from academy.course import load_course
from academy.course.lint.whole import lint_course
from academy.store import Feedback
from academy.store.readings import FEEDBACK_READ, REVIEW_READ, Readings, note_reached, review_mark
from academy_widgets import pages

DOCUMENT = {"comments": [{"text": "Well done."}], "rubric": [], "checks": [], "points": 1, "max_points": 1}

NEW = '<span class="meta">· new</span>'


@pytest.fixture
def see(folder, group, session_of, at_page):
    """A page as a person sees it, in a course whose week has a page."""
    file = folder / "course.yaml"
    file.write_text(
        file.read_text("utf-8").replace("    activities:", "    page: week-1\n    activities:"), "utf-8"
    )
    group.course = load_course(folder)
    sessions = {}

    def show(name, page=pages.home_page, *more):
        if name not in sessions:
            sessions[name] = session_of("participant", name)
        at_page(sessions[name])
        return page(*more).data

    show.id = lambda name: (show(name), sessions[name].person_id)[1]
    return show


def give(group, owner, number=1, **more):
    Feedback(group.store, "small").release(owner, "idea", number, {**DOCUMENT, **more})


def reach(group, person, page):
    """Scroll through a page; return how many marks there were."""
    marks = re.findall(r'data-read="([^"]+)"', page)
    note_reached(group.store, "small", person, marks)
    return len(marks)


@pytest.mark.parametrize(
    "mark",
    [
        "",
        "read-feedback/",
        "read-feedback/999",
        "read-feedback/1e3",
        "read-feedback/٣",
        "read-review/none",
        "came/x",
        "read-review/" + "x" * 5000,
    ],
)
def test_a_mark_of_nothing_that_has_come_is_passed_over(group, see, mark):
    amina = see.id("Amina")
    note_reached(group.store, "small", amina, [mark])
    readings = Readings(group.store, "small", amina)
    assert (readings.read(FEEDBACK_READ), readings.read(REVIEW_READ)) == ({}, {})


def test_feedback_is_announced_first_and_not_any_more_once_it_was_read(group, see):
    amina = see.id("Amina")
    group.submit(amina)
    assert "New for you" not in see("Amina")
    give(group, amina)
    home = see("Amina")
    assert 'href="week-1.ipynb#feedback-idea"' in home
    assert home.index("New for you") < home.index("The course")
    read = see("Amina", pages.feedback_page, "idea")
    assert 'id="feedback-idea"' in read
    assert NEW in read
    assert "New for you" in see("Amina"), "a page that was opened is not read to its end"
    assert reach(group, amina, read) == 1
    assert "New for you" not in see("Amina")
    assert "Read the feedback" not in see("Amina"), "what was read is not what is next"
    assert NEW not in see("Amina", pages.feedback_page, "idea")


def test_a_facilitator_reads_what_is_wrong_with_the_courses_files_and_nobody_else(
    folder, group, session_of, see, at_page
):
    facilitator = session_of("facilitator")
    see("Amina")
    file = folder / "course.yaml"
    file.write_text(file.read_text("utf-8") + "of_a_newer_kit: true\n", "utf-8")
    assert "of_a_newer_kit" not in see("Amina")
    at_page(facilitator)
    shown = pages.home_page().data
    assert "everybody goes on with the course as it was" in shown
    assert f"{file}: line " in shown
    assert "of_a_newer_kit: this key is not known" in shown


def test_feedback_without_points_and_words_says_so(group, see):
    amina = see.id("Amina")
    group.submit(amina)
    give(group, amina, comments=[], points=0, max_points=0)
    empty = see("Amina", pages.feedback_page, "idea")
    assert "your facilitator has left no comment" in empty
    assert "Show the points" not in empty
    give(group, amina)
    full = see("Amina", pages.feedback_page, "idea")
    assert "Show the points" in full
    assert "left no comment" not in full


def test_feedback_that_has_changed_is_new_again(group, see):
    amina = see.id("Amina")
    group.submit(amina)
    give(group, amina)
    reach(group, amina, see("Amina", pages.feedback_page, "idea"))
    assert "New for you" not in see("Amina")
    give(group, amina, comments=[{"text": "One more thing."}])
    assert "New for you" in see("Amina")


def test_each_of_a_team_reads_for_themselves_and_nobody_for_anybody_else(group, see):
    amina, bao, carmen = (see.id(name) for name in ("Amina", "Bao", "Carmen"))
    give(group, carmen)
    assert "New for you" not in see("Amina")
    reach(group, amina, see("Carmen", pages.feedback_page, "idea"))  # another's mark is none
    assert Readings(group.store, "small", carmen).new_feedback(carmen) == {(carmen, "idea")}
    assert Readings(group.store, "small", carmen).read(FEEDBACK_READ) == {}
    Readings(group.store, "small", amina).note(FEEDBACK_READ, "idea", 10**6)
    assert "New for you" in see("Carmen")
    assert bao


def test_reviews_that_can_be_read_are_announced_until_they_were_read(group, see, at_time):
    people = [see.id(name) for name in ("Amina", "Bao", "Carmen")]
    for person in people:
        group.submit(person)
    at_time(group.clock)
    assert "what others say" not in see("Amina")
    for person in people:
        while task := group.round.next_for(person):
            group.round.finish(person, task.key, 1)
    home = see("Amina")
    assert 'href="week-1.ipynb#idea-reviews-received"' in home
    marks = [review_mark(task.key) for task in group.round.received(people[0])]
    note_reached(group.store, "small", people[1], marks)  # of somebody else's work
    assert "what others say" in see("Amina")
    note_reached(group.store, "small", people[0], marks)
    assert "what others say" not in see("Amina")
    assert "what others say" in see("Bao")


def test_every_form_of_the_flagships_pages_has_its_feedback_on_the_same_page():
    course = load_course("innovative-workers-education")
    assert [f for f in lint_course(course.folder) if "place for the feedback" in f.text] == []


def test_a_page_with_a_form_and_no_place_for_its_feedback_is_told(folder, tmp_path):
    import nbformat

    folder = shutil.copytree(folder, tmp_path / "kit" / "exercises" / "small")
    file = folder / "course.yaml"
    file.write_text(
        file.read_text("utf-8").replace("    activities:", "    page: week-1\n    activities:"), "utf-8"
    )
    notebooks = folder / "pages"
    notebooks.mkdir()
    cells = [nbformat.v4.new_code_cell('from academy_widgets import exercise\n\nexercise("idea")')]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), notebooks / "week-1.ar.ipynb")
    nbformat.write(nbformat.v4.new_notebook(cells=cells), notebooks / "week-1.ipynb")
    found = [f for f in lint_course(folder) if "place for the feedback" in f.text]
    assert [f.file.name for f in found] == ["week-1.ar.ipynb", "week-1.ipynb"]
    cells.append(nbformat.v4.new_code_cell('from academy_widgets import feedback\n\nfeedback("idea")'))
    for name in ("week-1.ipynb", "week-1.ar.ipynb"):
        nbformat.write(nbformat.v4.new_notebook(cells=cells), notebooks / name)
    assert [f for f in lint_course(folder) if "place for the feedback" in f.text] == []
