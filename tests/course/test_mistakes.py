"""Mistakes in the files of a course: each is told in sentences that say where it is and what to write instead."""

import inspect
import random
import shutil
from contextlib import suppress
from pathlib import Path

import pytest
import yaml

import academy_widgets
from academy.course import load_course
from academy.course.lint.calls import TAKES
from academy.course.lint.whole import lint_course
from academy.errors import CourseError
from tests.support.courses import copy_course

HERE = Path(__file__).with_name("mistakes")
MISTAKES = yaml.safe_load((HERE / "mistakes.yaml").read_text("utf-8"))


@pytest.fixture
def course(tmp_path):
    shutil.copytree(HERE / "exercises", tmp_path / "exercises")
    return tmp_path / "exercises" / "union-school"


def make(mistake, course):
    file = course / mistake["file"]
    if "to" in mistake:
        file.rename(course / mistake["to"])
        return
    text = mistake.get("text") or file.read_text("utf-8")
    for change in [mistake, *mistake.get("also", [])] if "old" in mistake else []:
        assert change["old"] in text
        text = text.replace(change["old"], change["new"], 1)
    file.write_text(text, "utf-8")
    if other := mistake.get("beside"):
        beside = course.parent / other
        beside.parent.mkdir(parents=True)
        beside.touch()
        (beside.parents[1] / "course.yaml").touch()


def test_the_course_that_is_broken_has_no_mistake_before(course):
    assert [str(found) for found in lint_course(course)] == []


def test_there_are_more_than_forty_mistakes_and_each_has_a_name():
    names = [mistake["name"] for mistake in MISTAKES]
    assert len(set(names)) == len(names) > 40


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake["name"])
def test_a_mistake_is_told_with_its_place_and_its_mend(course, mistake):
    make(mistake, course)
    assert [found.said(course) for found in lint_course(course)] == mistake["said"]


def test_a_course_finds_no_fault_with_the_pages_of_another(course):
    copy_course(course.parent, notebooks=course.parents[1] / "notebooks")
    assert [str(found) for other in course.parent.iterdir() for found in lint_course(other)] == []


def test_the_linter_knows_the_widgets_that_pages_call_and_what_they_take():
    assert {*TAKES} == {*academy_widgets.__all__}
    for name, takes in TAKES.items():
        parameters = inspect.signature(getattr(academy_widgets, name)).parameters.values()
        assert [one.default is not one.empty for one in parameters] == [one.endswith("?") for one in takes]


def test_what_a_loader_says_has_file_line_and_column_too(course):
    (mistake,) = (m for m in MISTAKES if m["name"] == "a key that is misspelt")
    make(mistake, course)
    with pytest.raises(CourseError) as error:
        load_course(course)
    assert str(error.value) == f"{course}/{mistake['said'][0]}"


def test_what_is_wrong_in_many_places_is_told_once(course):
    file = course / "hello" / "exercise.yaml"
    file.write_text(file.read_text("utf-8").replace("label:", "lable:"), "utf-8")
    (found,) = lint_course(course)
    assert found.text.startswith("this key is not known; did you mean label. The same at ")
    assert found.text.endswith(" more places.")


# -- whatever a file holds ------------------------------------------------------------------------------------

PIECES = (
    *(
        "no",
        "yes",
        "null",
        "~",
        "1",
        "-3",
        "1:30",
        "1e400",
        ".nan",
        "true",
        "9" * 20,
        "2026-02-31",
        "2026-03-09",
    ),
    *(
        "“x”",
        "[]",
        "{}",
        "{a: b}",
        "[a, b]",
        "[[[",
        '"',
        "'",
        ": ",
        "# ",
        ",",
        "- ",
        "? a",
        "---",
        "...",
        "x" * 70,
    ),
    *("&x", "*x", "!y", ">", "|", "%", "@", "<<: *x", "\t", "\x07"),
)


def garbled(draw, text):
    """A text with some lines cut, doubled, moved, left out or garbled."""
    lines = text.split("\n")
    for _ in range(draw.choice([1, 1, 1, 2, 5])):
        at, other = draw.randrange(len(lines)), draw.randrange(len(lines))
        line, piece = lines[at], draw.choice(PIECES)
        cut = draw.randrange(len(line) + 1)
        key, colon, _ = line.partition(": ")
        match draw.randrange(7):
            case 0:
                lines[at] = ""
            case 1:
                lines.insert(at, line)
            case 2:
                lines[at] = line[:cut]
            case 3:
                lines[at] = " " * draw.randrange(5) + line.lstrip()
            case 4:
                lines[at] = key + colon + piece
            case 5:
                lines[at] = line[:cut] + piece + line[cut:]
            case 6:
                lines[at], lines[other] = lines[other], line
    return "\n".join(lines[: other + 1] if draw.random() < 0.1 else lines)


@pytest.mark.parametrize("name", ["*.yaml", "context-map/*", "webinar-1/*", "../../notebooks/week-1*"])
def test_whatever_a_file_holds_there_is_a_sentence_and_no_traceback(tmp_path, name):
    folder = copy_course(tmp_path / "exercises", notebooks=tmp_path / "notebooks")
    flagship = load_course("innovative-workers-education").folder
    for other in ("webinar-1", "desk.yaml", "passport.yaml"):  # they name what the copy does not have
        (shutil.copytree if "." not in other else shutil.copy)(flagship / other, folder / other)
    files = sorted(file for file in folder.glob(name) if file.suffix in (".yaml", ".ipynb", ".py"))
    draw = random.Random(name)
    for _ in range(15):
        file = draw.choice(files)
        text = file.read_text("utf-8")
        file.write_text(garbled(draw, text), "utf-8")
        found = lint_course(folder)
        assert all(one.text.strip() and one.path for one in found)
        for language in (None, "ar"):
            with suppress(CourseError):
                load_course(folder, language)
        file.write_text(text, "utf-8")
