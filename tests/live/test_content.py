"""Webinars as content: loaded, translated, and looked over by a strict editor."""

import json

import pytest

from academy.course import load_course
from academy.course.lint.whole import lint_course
from academy.course.live_kinds import LIVE_KINDS
from academy.errors import CourseError
from tests.live.small import small_course
from tests.peers.small import WORK


@pytest.fixture
def folder(tmp_path):
    return small_course(tmp_path / "exercises")


def changed(folder, old, new, name="webinar-1/live.yaml"):
    file = folder / name
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")
    return folder


def test_a_webinar_is_loaded_with_lists_of_the_course(folder):
    webinar = load_course(folder).webinar("webinar-1")
    assert {activity.kind for activity in webinar.activities} == set(LIVE_KINDS)
    assert webinar.activity("drivers").option("climate").text == "Climate"
    assert webinar.activity("nothing") is None
    assert load_course(folder).webinar("webinar-9") is None


def test_a_webinar_is_translated_and_its_ids_stay(folder):
    english, arabic = (load_course(folder, language).webinar("webinar-1") for language in ("en", "ar"))
    assert arabic.title == "اللوحات"
    assert arabic.activity("connected").option("phone").text == "على هاتف"
    assert arabic.activity("drivers").option("climate").text == "المناخ"
    assert [a.id for a in arabic.activities] == [a.id for a in english.activities]
    assert arabic.stop_words == english.stop_words == ["the", "and", "من", "في"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("kind: choice,", "kind: chose,", "activities.connected.kind: write one of 'choice', "),
        ("id: webinar-1", "id: other", "id: write the name of the folder, webinar-1"),
        ("list: drivers, show", "list: nothing, show", "activities.drivers.list: there is no list nothing"),
        ("right: [a, b]", "right: [a, z]", "right names z, which is no option; it has a, b, c"),
        ("kind: quiz,", "kind: choice,", "kind choice can't have right; it may have list, options, why"),
        ("right: [a, b], ", "", "kind quiz needs right"),
        ("axes: {x: {title: Urgency}, y: {title: Power}}", "minutes: 3", "kind place needs axes"),
        ("{id: phone, text: On a phone}, ", "", "needs at least two options"),
        ("id: computer, text", "id: phone, text", "the option phone is there twice"),
        ("id: alive,", "id: used,", "the activity used is there twice"),
        ("id: alive,", "id: spot-1,", "spot-1 is a name that polls made on the fly have"),
        ("most: 5, low", "most: 1, low", "most must be above least"),
        ("choose: [0, 2]", "choose: [2, 1]", "choose must be written [least, most]"),
        ("words: {most: 2}", "words: {most: 0}", "words.most: "),
        (
            "list: drivers, show",
            "list: drivers, options: [], show",
            "activities.drivers.list: write either options or a list, not both.",
        ),
        (
            "list: drivers, show",
            "list: drivers, right: [climate, ageing], show",
            "right must name every option once, in the right order",
        ),
        ("id: economic,", "id: political,", "the column political is there twice"),
        ("moderate: before", "moderate: never", "moderate: write one of 'before', 'after' or 'none'"),
    ],
)
def test_a_mistake_is_said_with_its_file_its_place_and_the_mend(folder, old, new, said):
    changed(folder, old, new)
    found = [str(finding) for finding in lint_course(folder) if finding.level == "error"]
    assert any(str(folder / "webinar-1" / "live.yaml") in text and said in text for text in found), found
    with pytest.raises(CourseError, match=r"live\.yaml: "):
        load_course(folder)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("module: week", "module: weak", "module: the course has no module weak; did you mean week."),
        (
            "choose: [0, 2]",
            "choose: [0, 7]",
            "activities.used: choose asks for 7 of 3 options; write [0, 3].",
        ),
        (
            "list: drivers, points: 10",
            f"points: 10, options: [{', '.join(f'{{id: o{n}, text: T{n}}}' for n in range(13))}]",
            "activities.shared: nobody looks through 13 things at once; take 12 at the most.",
        ),
    ],
)
def test_what_does_not_hold_together_is_said(folder, old, new, said):
    found = [str(finding) for finding in lint_course(changed(folder, old, new))]
    assert any(text.endswith(said) for text in found), found


def test_a_webinar_in_the_folder_of_an_exercise_is_told(folder):
    text = (WORK.replace("idea", "webinar-1")).strip()
    (folder / "webinar-1" / "exercise.yaml").write_text(text, "utf-8")
    found = [str(finding) for finding in lint_course(folder)]
    said = "the file: an exercise is in this folder already; give the webinar its own."
    assert f"{folder / 'webinar-1' / 'live.yaml'}: {said}" in found


def test_how_many_are_chosen_where_the_file_says_nothing(folder):
    webinar = load_course(folder).webinar("webinar-1")
    asked = {activity.id: activity for activity in webinar.activities}
    free = asked["used"].model_copy(update={"choose": None})
    assert (asked["used"].chooses, asked["used"].several) == ((0, 2), True)
    assert (free.chooses, free.several) == ((0, 3), True)
    assert (asked["connected"].chooses, asked["connected"].several) == ((1, 1), False)
    assert (asked["facts"].chooses, asked["facts"].several) == ((1, 3), True)
    one = asked["facts"].model_copy(update={"right": ["a"]})
    assert (one.chooses, one.several) == ((1, 1), False)


def test_texts_that_are_not_translated_are_listed(folder):
    found = {(f.path, f.level) for f in lint_course(folder) if f.file == folder / "webinar-1" / "ar.yaml"}
    assert ("activities.alive.scale.low", "note") in found
    assert ("activities.facts.options.a.why", "note") in found
    assert ("activities.connected.title", "note") in found  # there, and never compared
    changed(folder, "title: اللوحات", "titel: اللوحات", "webinar-1/ar.yaml")
    assert any("translates nothing" in f.text for f in lint_course(folder) if f.path == "titel")


@pytest.mark.parametrize(
    ("call", "said"),
    [
        ('live("webinar-2")', "there is no webinar webinar-2; did you mean webinar-1."),
        (
            "live('webinar-1', 'driver')",
            "the webinar webinar-1 has no activity driver; did you mean drivers.",
        ),
        ('live("webinar-1", "drivers")', None),
        (
            'live("webinar-8")',
            "the webinar webinar-8 belongs to the course other. A course uses its own: copy the folder webinar-8 "
            "here, or name another.",
        ),
    ],
)
def test_a_page_that_asks_for_what_is_not_there_is_told(folder, call, said):
    notebook = folder / "pages" / "week.ipynb"
    notebook.parent.mkdir()
    other = folder.parent / "other" / "webinar-8" / "live.yaml"
    other.parent.mkdir(parents=True)
    other.touch()
    other.parents[1].joinpath("course.yaml").touch()
    notebook.write_text(
        json.dumps({"cells": [{"id": "live", "source": [f"from academy_widgets import live; {call}"]}]}),
        "utf-8",
    )
    found = [str(finding) for finding in lint_course(folder) if finding.file == notebook]
    assert found == ([f"{notebook}: cell live: {said}"] if said else [])
