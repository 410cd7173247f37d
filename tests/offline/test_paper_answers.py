"""What a facilitator types from paper: where each answer goes, what is left out, and as of when it counts."""

import secrets
from datetime import UTC, datetime, timedelta

import pytest

from academy.course import load_course
from academy.offline.typed import PaperAnswers, PaperBox, PaperTable, boxes, typed_in
from academy.people import People
from academy.store import Answers, Edit, open_store
from tests.course import chained
from tests.course.conftest import written

NOW = datetime(2026, 3, 20, 12, tzinfo=UTC)
PAPER = NOW - timedelta(days=2)
SHEET = {
    "a/story": ["We won it\r\nat night"],
    "a/name": [" Amina "],
    "a/colour": ["red"],
    "a/several": ["red", "blue"],
    "a/rating": ["4"],
    "a/share": ["12,5"],
    "a/day": ["2026-03-09"],
    "a/agreed": ["on"],
    "a/office": ["office@union.example"],
    "rows/people": ["ra", "", "ra", "rb"],
    "a/people/ra/who": ["Bao"],
    "a/people/ra/size": ["1 200"],
    "a/chosen": ["ra"],
    "a/total": ["5"],
}
KEPT = {
    "story": "We won it\nat night",
    "name": "Amina",
    "colour": "red",
    "several": ["red", "blue"],
    "rating": 4,
    "share": 12.5,
    "day": "2026-03-09",
    "agreed": True,
    "office": "office@union.example",
    "people": ["ra"],
    "people/ra/who": "Bao",
    "people/ra/size": 1200,
    "chosen": ["ra"],
}


class Desk:
    """A facilitator, Mona, who types in what Amina wrote on paper."""

    def __init__(self, store, course, at_time):
        at_time(NOW)
        self.store, self.course = store, course
        people = People(store, b"s" * 32, course.id)
        self.amina = people.add("Amina").person.id
        self.mona = people.add("Mona", role="facilitator").person.id
        self.hers = Answers(store, course.id)

    def typing(self, exercise="first-steps"):
        return PaperAnswers(self.store, self.course, self.course.exercise(exercise), self.amina, self.mona)

    def keep(self, form, written=PAPER):
        return self.typing().keep(form, written, NOW)[1]

    def values(self):
        return {k: v for k, v in self.hers.draft(self.amina, "first-steps").values.items() if v is not None}

    def write(self, exercise, **values):
        edits = [Edit(secrets.token_hex(6), path.replace("__", "/"), value) for path, value in values.items()]
        self.hers.save(self.amina, exercise, edits, "phone")


@pytest.fixture
def desk_of(tmp_path, at_time):
    stores = []

    def sit(folder):
        stores.append(open_store(tmp_path / "academy.sqlite"))
        return Desk(stores[0], load_course(folder), at_time)

    yield sit
    for store in stores:
        store.close()


@pytest.fixture
def desk(desk_of, tmp_path):
    return desk_of(written(tmp_path))


def test_each_kind_of_answer_is_typed_where_it_fits(desk):
    *found, table, chosen = boxes(desk.typing())
    colours = (("red", "Red"), ("blue", "Blue"))
    assert found == [
        PaperBox("story", "Story", "text"),
        PaperBox("name", "Name", "line"),
        PaperBox("colour", "Colour", "one", options=colours),
        PaperBox("several", "Several", "many", options=colours),
        PaperBox("rating", "Rating", "one", options=tuple((n, n) for n in "12345")),
        PaperBox("share", "Share", "number", unit="%"),
        PaperBox("day", "Day", "date"),
        PaperBox("agreed", "Agreed", "bool"),
        PaperBox("office", "Office", "line"),
    ]
    assert isinstance(table, PaperTable)
    assert (table.id, table.label, len(table.rows)) == ("people", "People", 2)
    assert [box.kind for box in table.rows[0].boxes] == ["line", "number"]
    assert table.rows[0].boxes[0].path == f"people/{table.rows[0].id}/who"
    assert chosen == PaperBox("chosen", "Chosen", "many")


def test_what_stands_on_the_paper_is_kept_as_the_form_would_have_kept_it(desk):
    typed = desk.typing()
    saved, refused = typed.keep(SHEET, PAPER, NOW)
    assert (refused, desk.values()) == ([], KEPT)
    assert saved.current["name"].value == "Amina"
    rows = desk.hers.history(desk.amina, "first-steps")
    assert {(row.device, row.author, row.edited_at) for row in rows} == {("paper", desk.mona, PAPER)}
    assert typed_in(desk.store, "small-course", desk.amina, "first-steps") == ("Mona", NOW)
    assert typed_in(desk.store, "small-course", desk.mona, "first-steps") is None
    assert typed_in(desk.store, "small-course", desk.amina, "other") is None
    there = {box.path: box for box in boxes(typed) if isinstance(box, PaperBox)}
    assert {path: box.value for path, box in there.items()} == {
        path: value for path, value in KEPT.items() if not path.startswith("people")
    }
    assert there["chosen"].options == (("ra", "Bao"),)
    (table,) = (each for each in boxes(typed) if isinstance(each, PaperTable))
    assert table.rows[0].id == "ra"
    assert [box.value for row in table.rows for box in row.boxes] == ["Bao", 1200, None, None]


def test_what_is_typed_again_is_no_news_and_what_is_taken_out_is_gone(desk):
    desk.keep(SHEET)
    before = len(desk.hers.history(desk.amina, "first-steps"))
    assert desk.keep(SHEET) == []
    assert len(desk.hers.history(desk.amina, "first-steps")) == before
    desk.keep({**SHEET, "a/share": ["0"]})
    cleared = {
        **SHEET,
        "a/name": [" "],
        "a/share": [""],
        "s/agreed": ["1"],
        "s/several": ["1"],
        "a/story": ["Another"],
    }
    del cleared["a/agreed"], cleared["a/several"], cleared["a/colour"]
    assert desk.keep(cleared, PAPER + timedelta(days=1)) == []
    gone = {"name", "share", "agreed", "several"}
    assert desk.values() == {k: v for k, v in KEPT.items() if k not in gone} | {"story": "Another"}
    assert len(desk.hers.history(desk.amina, "first-steps")) == before + 6


@pytest.mark.parametrize(
    ("path", "text", "label"),
    [
        ("rating", "four", "Rating"),
        ("rating", "1000", "Rating"),
        ("rating", "-1", "Rating"),
        ("share", "12,500", "Share"),
        ("share", "a lot", "Share"),
        ("colour", "green", "Colour"),
        ("several", "green", "Several"),
        ("name", "x" * 20_001, "Name"),
        ("people/ra/size", "many", "How many"),
    ],
)
def test_what_the_form_would_not_have_sent_is_left_out_and_named(desk, path, text, label):
    assert desk.keep({**SHEET, f"a/{path}": [text]}) == [label]
    assert desk.values() == {k: v for k, v in KEPT.items() if k != path}
    assert desk.keep(SHEET) == []
    assert desk.keep({**SHEET, f"a/{path}": [text]}) == [label]
    assert desk.values() == KEPT, "what was there before stays"


def test_a_paper_gives_a_table_no_more_rows_than_it_may_have_and_adds_to_those_there(desk):
    desk.write("first-steps", people=["rz"], people__rz__who="Carmen", name="Mine")
    rows = {f"a/people/{row}/who": [row] for row in ("ra", "rb", "rc")}
    assert desk.keep({"rows/people": ["ra", "rb", "rc"], **rows}) == []
    assert desk.values()["people"] == ["rz", "ra", "rb"]
    (table,) = (each for each in boxes(desk.typing()) if isinstance(each, PaperTable))
    assert [row.id for row in table.rows] == ["ra", "rb"], "hers are not shown, and there is no room for more"
    assert desk.typing().before.get("name") is None


def test_a_paper_from_tomorrow_counts_as_of_now(desk):
    desk.keep({"a/name": ["Amina"]}, NOW + timedelta(days=1))
    assert desk.hers.history(desk.amina, "first-steps", "name")[-1].edited_at == NOW


def test_what_she_wrote_after_what_came_from_paper_is_not_shown(desk):
    desk.keep({"a/name": ["Amina"], "a/story": ["From paper"]})
    desk.write("first-steps", name="Amina A.")
    assert desk.typing().before == {"story": "From paper", "people": []}


def test_on_paper_one_chooses_from_what_was_handed_in_elsewhere(desk_of, tmp_path):
    desk = desk_of(chained.write(tmp_path))
    desk.write("groups", people=["ra"], people__ra__name="Cleaners", reach=["hall"])

    def offered():
        return {box.path: box for box in boxes(desk.typing("plan")) if isinstance(box, PaperBox)}

    assert (offered()["for"].options, offered()["way"].options) == ((), ())
    desk.hers.submit(desk.amina, "groups", secrets.token_hex(6), "v1")
    desk.write("groups", people__ra__name="Not handed in")
    assert offered()["for"] == PaperBox("for", "For whom", "one", options=(("ra", "Cleaners"),))
    assert offered()["way"].options == (("hall", "In the hall"),)
    assert not {"their-union", "names"} & offered().keys(), "what is only shown is not asked"
    typed = desk.typing("plan")
    assert typed.keep({"a/for": ["ra"], "a/way": ["hall"]}, PAPER, NOW)[1] == []
    assert {path: typed.before[path] for path in ("for", "way")} == {"for": "ra", "way": ["hall"]}
