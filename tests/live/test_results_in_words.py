"""What each kind of activity says of its answers: on a phone, in a spreadsheet, in a table, back in the form."""

import csv
import io
import itertools
import json

import pytest

from academy.course import load_course
from academy.live.export import as_csv, as_json
from academy.live.kinds import KINDS
from academy.live.poster import poster
from academy.live.results import discreet
from academy.live.sheet import EDGE, WIDE
from academy.live.table import frame
from academy.live.tally import AnswerRow, tally
from tests.live.small import small_course

DESK = "f-desk"
GIVEN = {
    "connected": ["phone", "phone", "computer"],
    "used": [["a", "c"], ["a"], []],
    "alive": [1, 1, 4],
    "drivers": [
        ["platforms", "climate", "ageing"],
        ["platforms", "ageing", "climate"],
        ["climate", "platforms", "ageing"],
    ],
    "row": [["The first"], ["The second"], ["The third"]],
    "word": [["young", "tired"], ["tired"], ["old"]],
    "facts": [["a", "b"], ["a"], ["c"]],
    "grid": [
        {"climate": [5, 1], "platforms": [3, 3], "ageing": [1, 5]},
        {"climate": [4, 1], "platforms": [3, 4], "ageing": [1, 5]},
        {"climate": [5, 2], "platforms": [3, 3], "ageing": [2, 5]},
    ],
    "shared": [{"climate": 7, "ageing": 3}, {"climate": 10}, {"platforms": 5, "ageing": 5}],
    "letters": [
        {"political": "A mayor", "economic": "Late wages"},
        {"economic": "Rent"},
        {"political": "Vote"},
    ],
    "asked": [
        {"asked": {"q2": "And when?"}, "for": []},
        {"asked": {"q1": "Who pays?"}, "for": []},
        {"asked": {}, "for": ["q1"]},
    ],
}
SAID = {
    "connected": ["On a phone"],
    "used": ["A", "C"],
    "alive": ["1"],
    "drivers": ["1. Platforms", "2. Climate", "3. Ageing"],
    "row": ["The first"],
    "word": ["young", "tired"],
    "facts": ["A", "B"],
    "grid": ["Climate Urgency 5, Power 1", "Platforms Urgency 3, Power 3", "Ageing Urgency 1, Power 5"],
    "shared": ["Climate: 7", "Ageing: 3"],
    "letters": ["P: A mayor", "E: Late wages"],
    "asked": ["And when?"],
}
TABLE = {
    "connected": [("On a phone", "phone", 2, 0.667), ("On a computer", "computer", 1, 0.333)],
    "used": [("A", "a", 2, 0.667), ("B", "b", 0, 0), ("C", "c", 1, 0.333)],
    "alive": [
        ("1", "1", 2, 0.667),
        ("2", "2", 0, 0),
        ("3", "3", 0, 0),
        ("4", "4", 1, 0.333),
        ("5", "5", 0, 0),
    ],
    "drivers": [
        ("Platforms", "platforms", 1.33, 0.47, 2),
        ("Climate", "climate", 2, 0.82, 1),
        ("Ageing", "ageing", 2.67, 0.47, 0),
    ],
    "row": [(1, "The first", "", 1), (2, "The second", "", 1), (3, "The third", "", 1)],
    "word": [("tired", 2), ("young", 1), ("old", 1)],
    "facts": [("A", "a", 2, 0.667), ("B", "b", 1, 0.333), ("C", "c", 1, 0.333)],
    "grid": [
        ("Climate", "climate", 3, 4.67, 1.33),
        ("Platforms", "platforms", 3, 3, 3.33),
        ("Ageing", "ageing", 3, 1.33, 5),
    ],
    "shared": [
        ("Climate", "climate", 17, 0.567),
        ("Platforms", "platforms", 5, 0.167),
        ("Ageing", "ageing", 8, 0.267),
    ],
    "letters": [(1, "A mayor", "P", 1), (2, "Late wages", "E", 1), (3, "Rent", "E", 1), (4, "Vote", "P", 1)],
    "asked": [(1, "And when?", "", 1), (2, "Who pays?", "", 2)],
}
LINES = {
    "connected": [("counts.phone", "On a phone", 2, 3), ("counts.computer", "On a computer", 1, 3)],
    "used": [("counts.a", "A", 2, 3), ("counts.b", "B", 0, 3), ("counts.c", "C", 1, 3)],
    "alive": [
        ("counts.1", "1 not at all", 2, 3),
        ("counts.2", "2", 0, 3),
        ("counts.3", "3", 0, 3),
        ("counts.4", "4", 1, 3),
        ("counts.5", "5 quite", 0, 3),
    ],
    "drivers": [
        ("mean.platforms", "Platforms", 2.67, 3),
        ("mean.climate", "Climate", 2, 3),
        ("mean.ageing", "Ageing", 1.33, 3),
    ],
    "facts": [("counts.a", "A", 2, 3), ("counts.b", "B", 1, 3), ("counts.c", "C", 1, 3)],
    "shared": [
        ("points.climate", "Climate", 17, 30),
        ("points.platforms", "Platforms", 5, 30),
        ("points.ageing", "Ageing", 8, 30),
    ],
}


@pytest.fixture(scope="module")
def webinar(tmp_path_factory):
    return load_course(small_course(tmp_path_factory.mktemp("exercises"))).webinar("webinar-1")


@pytest.fixture
def counted(webinar):
    """An activity with what three people answered, or others: `counted("used")`."""

    def count(activity, given=None):
        asked = webinar.activity(activity)
        moderated = asked.model_copy(update={"moderate": "none"}) if asked.written else asked
        rows = [AnswerRow(f"k{n}", f"w{n}", value) for n, value in enumerate(given or GIVEN[activity])]
        return moderated, tally(moderated, rows, {}, revealed=True)

    return count


@pytest.mark.parametrize("activity", GIVEN)
def test_an_answer_is_said_in_words_and_stands_in_the_form_to_be_changed(webinar, activity):
    asked, mine = webinar.activity(activity), GIVEN[activity][0]
    kind = KINDS[asked.kind]
    assert kind.said(asked, mine) == SAID[activity]
    fields = kind.to_form(asked, mine)
    if asked.kind == "questions":
        assert fields == {}
        return
    again = kind.from_form(asked, lambda name: fields.get(name, []))
    assert kind.canonical(asked, again) == mine


@pytest.mark.parametrize(
    ("fields", "step"),
    [
        ({"v": ["Why?"]}, {"ask": "Why?"}),
        ({"v": ["Why?"], "for": ["q1"]}, {"for": "q1"}),
        ({"unfor": ["q1"]}, {"unfor": "q1"}),
        ({}, {"ask": ""}),
    ],
)
def test_a_form_of_questions_is_one_step(webinar, fields, step):
    asked = webinar.activity("asked")
    assert KINDS["questions"].from_form(asked, lambda name: fields.get(name, [])) == step


@pytest.mark.parametrize("activity", GIVEN)
def test_results_are_a_table_with_a_label_on_each_row(counted, activity):
    asked, results = counted(activity)
    assert KINDS[asked.kind].table(asked, results) == TABLE[activity]
    assert frame(asked, results).reset_index().columns.to_list() == ["label", *KINDS[asked.kind].columns]


@pytest.mark.parametrize("activity", GIVEN)
def test_results_are_lines_with_bars_on_a_phone(counted, activity):
    asked, results = counted(activity)
    found = KINDS[asked.kind].lines(asked, results)
    assert [(line.key, line.label, line.bar, line.most) for line in found] == LINES.get(activity, [])
    right = {line.key: line.why for line in found if line.right}
    assert right == ({"counts.a": "A sign.", "counts.b": ""} if activity == "facts" else {})
    empty = KINDS[asked.kind].lines(asked, tally(asked, [], {}, revealed=True))
    assert [line.bar for line in empty] == [0] * (0 if activity == "drivers" else len(found))
    assert all(line.most > 0 for line in empty)


def test_a_line_of_a_ranking_says_the_mean_place_and_how_far_apart_people_put_it(counted):
    first, *_ = KINDS["ranking"].lines(*counted("drivers"))
    assert (first.n, first.more) == (1.33, 0.47)


def test_a_bar_that_is_full_is_all_points_of_all_people_and_a_ranking_has_none(webinar):
    each = {name: KINDS[webinar.activity(name).kind].each(webinar.activity(name)) for name in LINES}
    assert each == {"connected": 1, "used": 1, "alive": 1, "drivers": None, "facts": 1, "shared": 10}


def exported(text):
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


def test_a_spreadsheet_has_a_line_for_each_option_step_thing_and_text(live, room, open_, vote):
    for activity, given in GIVEN.items():
        open_(activity)
        for n, value in enumerate(given if activity != "asked" else [{"ask": "Who pays?"}]):
            vote(f"p-{n}", activity, value)
    for item in room.presenter_view("row")["items"]:
        room.do("approve", DESK, activity="row", item=item["id"])
    found: dict[str, list] = {}
    for row in exported(as_csv(live, room, full=True)):
        assert row["webinar"] == "webinar-1"
        found.setdefault(row["activity"], []).append(tuple(row[name] for name in ("what", "text", "number")))
    assert found["connected"] == [
        ("answers", "", "3"),
        ("phone", "On a phone", "2"),
        ("computer", "On a computer", "1"),
    ]
    assert found["alive"][1:3] == [("1", "", "2"), ("2", "", "0")]
    assert found["shared"][1:] == [
        ("climate", "Climate", "17"),
        ("platforms", "Platforms", "5"),
        ("ageing", "Ageing", "8"),
    ]
    assert found["drivers"][1:] == [
        ("climate", "Climate", "1"),
        ("platforms", "Platforms", "2"),
        ("ageing", "Ageing", "0"),
    ]
    assert set(found["word"][1:]) == {("words", "tired", "2"), ("words", "young", "1"), ("words", "old", "1")}
    assert {text for _, text, _ in found["row"][1:]} == {"The first", "The second", "The third"}
    (grid, drivers) = (exported(as_csv(live, room, name, full=True)) for name in ("grid", "drivers"))
    assert [(row["what"], row["x"], row["y"]) for row in grid[1:]] == [
        ("climate", "4.67", "1.33"),
        ("platforms", "3.0", "3.33"),
        ("ageing", "1.33", "5.0"),
    ]
    assert [(row["title"], row["mean"], row["spread"]) for row in drivers[2:3]] == [
        ("Which driver pushes hardest?", "1.33", "0.47")
    ]
    cards = exported(as_csv(live, room, "letters", full=True))[1:]
    assert {(row["column"], row["text"]) for row in cards} == {
        ("political", "A mayor"),
        ("economic", "Late wages"),
        ("economic", "Rent"),
        ("political", "Vote"),
    }
    (asked,) = exported(as_csv(live, room, "asked", full=True))[1:]
    assert (asked["what"], asked["by"], asked["number"]) == ("questions", "0", "1")
    (told,) = json.loads(as_json(live, room, "used", full=True))["activities"]
    assert (told["kind"], told["names"], told["options"]) == (
        "multi",
        "named",
        {"a": "A", "b": "B", "c": "C"},
    )
    assert {tuple(answer["answer"]) for answer in told["answers"]} == {("a", "c"), ("a",), ()}
    assert "answers" not in json.loads(as_json(live, room, "used"))["activities"][0]
    assert "answers" not in json.loads(as_json(live, room, "alive", full=True))["activities"][0]


def test_a_grid_of_one_thing_is_called_by_the_question(webinar):
    asked = webinar.activity("grid").model_copy(update={"options": []})
    results = tally(asked, [AnswerRow("k1", "w1", {"here": [5, 1]})], {}, revealed=True)
    assert KINDS["place"].table(asked, results) == [("Urgent?", "here", 1, 5, 1)]
    assert KINDS["place"].said(asked, {"here": [5, 1]}) == ["Urgency 5, Power 1"]
    assert KINDS["place"].from_form(asked, {"x-here": ["5"], "y-here": ["1"]}.get) == {"here": [5, 1]}
    drawn = poster(asked, results, "en")
    assert drawn.count(">Urgent?</text>") == 2, "above, and beside its letter"
    assert drawn.count(">A</text>") == 2
    assert poster(asked, tally(asked, [], {}, revealed=True), "en").count(">A</text>") < 2


def test_small_counts_are_few_in_a_spreadsheet_and_few_answers_have_no_lines(counted):
    asked, results = counted("connected", ["phone"] * 6 + ["computer"] * 2)
    lines = list(KINDS["choice"].export(asked, discreet(asked, results, 5)))
    assert [(line["what"], line["number"]) for line in lines] == [("phone", "few"), ("computer", "few")]


def test_what_does_not_fit_on_a_poster_is_counted(counted):
    fits = [[f"Text {n}"] for n in range(24)]
    assert "more" not in poster(*counted("row", fits), "en")
    assert "and 2 more" in poster(*counted("row", [*fits, ["Another"], ["And one"]]), "en")
    words = [[f"w{n}"] for n in range(40)]
    assert "more" not in poster(*counted("word", words), "en")
    assert "and 1 more" in poster(*counted("word", [*words, ["w40"]]), "en")


def test_a_cloud_goes_on_in_a_new_line_before_the_edge(counted):
    from xml.etree import ElementTree

    words = [[f"togetherness{n}"] for n in range(12)]
    drawn = ElementTree.fromstring(poster(*counted("word", words), "en"))
    places = {
        element.text: (float(element.get("x")), float(element.get("y")))
        for element in drawn.iter("{http://www.w3.org/2000/svg}text")
        if str(element.text).startswith("togetherness")
    }
    lines = sorted({y for _, y in places.values()})
    assert len(places) == 12
    assert len(lines) > 1
    assert {b - a for a, b in itertools.pairwise(lines)} == {104}
    assert all(min(x for x, at in places.values() if at == y) == EDGE for y in lines)
    assert max(x for x, _ in places.values()) + len("togetherness11") * 44 * 0.6 <= WIDE - EDGE
