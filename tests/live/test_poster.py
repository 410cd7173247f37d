"""Results as pictures and tables: every kind, both directions, texts that are texts, no small counts."""

from xml.etree import ElementTree

import pytest

from academy.course import load_course
from academy.course.live_kinds import LIVE_KINDS
from academy.exports.png import to_png
from academy.live.poster import poster
from academy.live.results import discreet
from academy.live.sheet import WIDE, lines_of
from academy.live.table import frame
from academy.live.tally import AnswerRow, tally
from tests.live.small import small_course

EVIL = '<script>alert("x")</script> & \u0627\u0644\u0644\u064a\u0644'


@pytest.fixture(scope="module")
def activities(tmp_path_factory):
    webinar = load_course(small_course(tmp_path_factory.mktemp("exercises"))).webinar("webinar-1")
    return {activity.kind: activity for activity in webinar.activities}


def value(activity, n):
    ids = activity.option_ids
    return {
        "choice": lambda: ids[0] if n else ids[-1],
        "multi": lambda: ids[:1],
        "quiz": lambda: ids[:1],
        "scale": lambda: activity.scale.least + n % 2,
        "ranking": lambda: ids if n % 2 else ids[::-1],
        "text": lambda: [f"{EVIL} {n}"],
        "words": lambda: [EVIL[:9], f"w{n % 2}"],
        "questions": lambda: {"asked": {f"q{n}": EVIL}, "for": ["q0"]},
        "cards": lambda: {activity.columns[0].id: EVIL},
        "place": lambda: {thing: [1 + n % 5, 5] for thing in ids or ["here"]},
        "points": lambda: {ids[0]: activity.points - n % 3, ids[1]: n % 3},
    }[activity.kind]()


def counted(activity, people=8):
    activity = activity.model_copy(update={"moderate": "none"})
    rows = [AnswerRow(f"k{n}", f"w{n}", value(activity, n)) for n in range(people)]
    return discreet(activity, tally(activity, rows, {}, revealed=True), 5)


KINDS = list(LIVE_KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_drawn_and_what_people_wrote_is_text(kind, activities):
    activity = activities[kind]
    drawn = ElementTree.fromstring(poster(activity, counted(activity), "en"))
    assert drawn.find("{http://www.w3.org/2000/svg}title").text == activity.title
    assert not [element for element in drawn.iter() if element.tag.endswith("script")]
    if activity.written:
        assert "<script>" in "".join(drawn.itertext())


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_drawn_as_it_was_looked_at(kind, language, activities, as_drawn):
    activity = activities[kind]
    assert as_drawn(f"live/{kind}.{language}.svg", poster(activity, counted(activity), language))


@pytest.mark.parametrize("kind", KINDS)
def test_from_right_to_left_the_sheet_is_turned_round(kind, activities):
    one, other = (
        ElementTree.fromstring(poster(activities[kind], counted(activities[kind]), lang))
        for lang in ("en", "ar")
    )
    first, turned = (
        next(element for element in drawn.iter() if element.tag.endswith("text")) for drawn in (one, other)
    )
    assert float(turned.get("x")) == WIDE - float(first.get("x"))
    assert (first.get("text-anchor"), turned.get("text-anchor")) == ("start", "end")


def test_few_answers_make_a_sentence_and_an_empty_table(activities):
    activity = activities["ranking"]
    few = counted(activity, people=4)
    assert "Too few have answered" in poster(activity, few, "en")
    table = frame(activity, few)
    assert list(table.columns) == ["id", "mean", "spread", "first"]
    assert table.empty
    assert frame(activity, None).empty


def test_the_rooms_ranking_is_a_table_in_the_rooms_order(activities):
    activity = activities["ranking"]
    table = frame(activity, counted(activity))
    assert list(table["mean"]) == sorted(table["mean"])
    assert set(table["id"]) == set(activity.option_ids)
    assert table.index.name == "label"


def test_a_small_count_is_unknown_in_the_table_and_not_nought(activities):
    activity = activities["choice"]
    table = frame(activity, counted(activity)).set_index("id")
    assert table["count"].isna()[activity.option_ids[-1]]
    assert table["share"].isna()[activity.option_ids[-1]]
    assert str(table["count"].dtype) == "Int64"  # three people, not 3.0


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_a_table(kind, activities):
    assert len(frame(activities[kind], counted(activities[kind])))


def test_lines_are_as_long_as_there_is_room_and_long_words_are_broken():
    assert lines_of("one two three", 10, 60) == ["one two", "three"]
    assert "".join(lines_of("x" * 50, 10, 60)) == "x" * 50
    assert lines_of("", 10, 60) == [""]


def test_a_picture_becomes_a_png_of_its_size(activities):
    png = to_png(poster(activities["ranking"], counted(activities["ranking"]), "ar"))
    assert png.startswith(b"\x89PNG")
    assert int.from_bytes(png[16:20]) == WIDE
