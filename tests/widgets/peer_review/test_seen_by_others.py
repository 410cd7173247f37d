"""Several write in one form: each learns of the others' words, and nobody hands in what they have not seen."""

import asyncio
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest

from academy.course import load_course
from academy.data import DataFolder
from academy.errors import StoreError
from academy.people import People, Teams
from academy.session import Session
from academy.store import Answers, Releases, open_store
from academy.store.schema import CourseEvent
from academy_widgets.forms.desk import Desk
from academy_widgets.forms.incoming import clock
from academy_widgets.forms.watch import AnswersWatch

COURSE = load_course("innovative-workers-education")
MAP = COURSE.exercise("context-map")
NEED = "map/ra/need"


class Room:
    """A data folder with the people Amina, Bao and Carmen, of whom the first two are a team."""

    exercise = MAP

    def __init__(self, folder):
        self.data = DataFolder.create(folder)
        self.store = open_store(self.data.store_url)
        people = People(self.store, self.data.secret, COURSE.id)
        self.people = {name: people.add(name).person for name in ("Amina", "Bao", "Carmen")}
        self.team = Teams(self.store, COURSE.id).make(
            "Dockers", [self.people[name].id for name in ("Amina", "Bao")]
        )
        Releases(self.store, COURSE.id).release(MAP.id)

    def desk(self, name, exercise=None, language="en"):
        person = self.people[name]
        team = Teams(self.store, COURSE.id).of(person.id)
        return Desk(
            Session(person.id, person.role, name, language, None, COURSE, self.store, self.data, team),
            exercise or self.exercise,
        )

    def submissions(self):
        return Answers(self.store, COURSE.id).submissions(MAP.id)


@pytest.fixture
def room(tmp_path):
    return Room(tmp_path / "data")


@pytest.fixture
def complete(room):
    """Nothing is missing in any form: the exercise asks for nothing that has to be there."""
    room.exercise = MAP.model_copy(update={"fields": [optional(field) for field in MAP.fields]})


def optional(part):
    """A field or column that may stay empty or short."""
    asked = {"required": False, "words": None}
    if part.is_table:
        asked |= {"columns": [optional(column) for column in part.columns], "rows": None}
    return part.model_copy(update=asked)


def edit(path, value, **more):
    return {"id": uuid.uuid4().hex, "path": path, "value": value, "age": 0, "base": 0, **more}


def send(desk, kind, *edits, device="phone", **more):
    key = {"key": uuid.uuid4().hex} if kind == "submit" else {}
    return desk.answer({"kind": kind, "n": 1, "edits": list(edits), "device": device, **key, **more})


def both_have_seen(room, text="Read the plan"):
    """Amina has written a need, and Bao's page was opened after that."""
    amina = room.desk("Amina")
    seen = send(amina, "save", edit("map", ["ra"]), edit(NEED, text), rev=0)["rev"]
    bao = room.desk("Bao")
    assert bao.document()["rev"] == seen
    return amina, bao, seen


def test_nobody_hands_in_a_text_they_have_not_seen_and_is_told_whose_it_is(room, complete):
    amina, bao, seen = both_have_seen(room)
    send(bao, "save", edit(NEED, "Write a letter", base=seen), device="laptop", rev=seen)
    told = send(amina, "submit", rev=seen)
    assert told["kind"] == "not-submitted"
    assert told["unseen"] == [NEED]
    assert told["changed"][NEED]["value"] == "Write a letter"
    assert told["changed"][NEED]["by"]["name"] == "Bao"
    (place,) = told["problems"]
    assert place["path"] == NEED
    assert "\u2068Bao\u2069" in place["text"]
    assert room.submissions() == []
    assert send(amina, "submit", rev=told["rev"])["kind"] == "submitted"
    assert len(room.submissions()) == 1


def test_a_page_that_does_not_say_what_it_has_seen_has_seen_what_it_was_told(room, complete):
    amina, bao, seen = both_have_seen(room)
    send(bao, "save", edit(NEED, "Write a letter", base=seen), device="laptop", rev=seen)
    told = send(amina, "submit")
    assert told["kind"] == "not-submitted"
    assert told["changed"][NEED]["value"] == "Write a letter"
    assert room.submissions() == []
    assert send(amina, "submit")["kind"] == "submitted"


def test_what_one_has_typed_over_unseen_words_is_what_is_handed_in_and_the_other_is_offered(room, complete):
    amina, bao, seen = both_have_seen(room)
    send(bao, "save", edit(NEED, "Write a letter", base=seen, age=5000), device="laptop", rev=seen)
    told = send(amina, "submit", edit(NEED, "Read the shift plan", base=seen), rev=seen)
    assert told["kind"] == "submitted"
    assert told["overtaken"] == [{"path": NEED, "yours": "Write a letter", "now": "Read the shift plan"}]
    assert told["rivals"][NEED]["by"]["name"] == "Bao"


def test_words_that_were_typed_before_the_others_came_are_not_handed_in_as_if_they_stood_there(
    room, complete
):
    amina, bao, seen = both_have_seen(room)
    send(bao, "save", edit(NEED, "Write a letter", base=seen), device="laptop", rev=seen)
    told = send(amina, "submit", edit(NEED, "typed on a dead line", base=seen, age=60_000), rev=seen)
    assert told["kind"] == "not-submitted"
    assert told["unseen"] == [NEED]
    assert told["overtaken"] == [{"path": NEED, "yours": "typed on a dead line", "now": "Write a letter"}]


def test_rows_that_another_has_added_meanwhile_hold_a_submission_back_too(room, complete):
    amina, bao, seen = both_have_seen(room)
    send(bao, "save", edit("map", ["ra", "rb"], base=seen), device="laptop", rev=seen)
    told = send(amina, "submit", edit("map", ["rc", "ra"], base=seen), rev=seen)
    assert told["kind"] == "not-submitted"
    assert told["changed"]["map"]["value"] == ["rc", "ra", "rb"]
    assert "Bao" in told["problems"][0]["text"]


def test_the_same_words_by_two_hold_nothing_back(room, complete):
    amina, bao, seen = both_have_seen(room)
    send(bao, "save", edit(NEED, "Read it", base=seen), device="laptop", rev=seen)
    assert send(amina, "submit", edit(NEED, "Read it", base=seen, age=9000), rev=seen)["kind"] == "submitted"


def test_a_submission_whose_answer_was_lost_is_the_same_though_others_wrote_since(room, complete):
    amina, bao, seen = both_have_seen(room)
    key = uuid.uuid4().hex
    for _ in range(2):
        told = amina.answer({"kind": "submit", "n": 1, "key": key, "edits": [], "rev": seen})
        assert told["kind"] == "submitted"
        send(bao, "save", edit(NEED, "Write a letter", base=seen), device="laptop", rev=seen)
    assert len(room.submissions()) == 1


def test_a_save_brings_what_others_wrote_since_and_says_from_where(room):
    amina, bao, seen = both_have_seen(room)
    send(bao, "save", edit("map/ra/who", "crane drivers"), device="laptop", rev=seen)
    told = send(amina, "save", edit(NEED, "Read it", base=seen), rev=seen)
    assert told["since"] == seen
    assert set(told["changed"]) == {"map/ra/who"}
    assert told["rev"] == room.desk("Amina").document()["rev"]
    assert send(amina, "save", rev=told["rev"])["changed"] == {}


def test_a_page_is_told_who_wrote_unless_it_was_this_very_browser(room):
    carmen = room.desk("Carmen")
    send(carmen, "save", edit("map", ["ra"]), edit(NEED, "Read it"), device="phone", rev=0)
    mine = carmen.answer({"kind": "sync", "n": 1, "rev": 0, "device": "phone"})["changed"]
    assert "by" not in mine[NEED]
    other = carmen.answer({"kind": "sync", "n": 1, "rev": 0, "device": "laptop"})["changed"]
    assert other[NEED]["by"]["name"] == ""
    assert not other[NEED]["by"]["file"]


def test_an_answers_file_of_a_team_mate_is_told_as_one(room):
    amina, bao, seen = both_have_seen(room)
    send(bao, "save", edit(NEED, "From the village", base=seen), device="file:abc", rev=seen)
    told = amina.answer({"kind": "sync", "n": 1, "rev": seen, "device": "phone"})["changed"][NEED]["by"]
    assert (told["name"], told["file"]) == ("Bao", True)
    assert "answers file" in send(amina, "submit", rev=seen)["problems"][0]["text"]


@pytest.mark.parametrize(
    ("device", "said"), [("laptop", "Changed on another device, "), ("phone", "Changed in another window.")]
)
def test_ones_own_words_that_one_has_not_seen_are_told_as_ones_own(room, complete, device, said):
    carmen = room.desk("Carmen")
    seen = send(carmen, "save", edit("map", ["ra"]), edit(NEED, "Read it"), rev=0)["rev"]
    send(room.desk("Carmen"), "save", edit(NEED, "Write a letter", base=seen), device=device, rev=seen)
    told = send(carmen, "submit", rev=seen)
    (place,) = told["problems"]
    assert (told["kind"], place["path"]) == ("not-submitted", NEED)
    assert place["text"].startswith(said)
    assert place["text"].endswith(" UTC." if device == "laptop" else "window.")


@pytest.mark.parametrize(
    ("by", "said"),
    [
        ("Bao", "\u2068Bao\u2069 submitted it for you, from paper."),
        (None, "It was submitted for you, from paper."),
    ],
)
def test_what_was_handed_in_from_paper_says_by_whom_as_long_as_they_are_known(room, complete, by, said):
    carmen, person = room.desk("Carmen"), room.people["Carmen"].id
    seen = send(carmen, "submit", edit("map", ["ra"]), rev=0)["rev"]
    event = CourseEvent(
        course=COURSE.id,
        kind="handed-in",
        by=room.people[by].id if by else "f-gone",
        subject=MAP.id,
        person_id=person,
        data={"key": "paper-1234567890"},
    )
    carmen.answers.submit(person, MAP.id, "paper-1234567890", MAP.version, "en", seen, log=event)
    own, typed = carmen.document()["submissions"]
    assert (own["number"], typed["number"], typed["by_text"]) == (1, 2, said)
    assert "by_text" not in own


@pytest.mark.parametrize("rev", [True, -5, "9", None, [1], 1e300, float("nan")])
def test_whatever_is_said_to_be_seen_nothing_unseen_is_handed_in_by_it(room, complete, rev):
    amina, bao, seen = both_have_seen(room)
    send(bao, "save", edit(NEED, "Write a letter", base=seen), device="laptop", rev=seen)
    assert send(amina, "submit", rev=rev)["kind"] == "not-submitted"
    assert room.submissions() == []


@pytest.mark.parametrize(("late", "wins"), [(0, "phone"), (8000, "laptop")])
def test_a_message_counts_from_when_it_was_written(room, late, wins):
    carmen = room.desk("Carmen")
    send(carmen, "save", edit("map", ["ra"]), edit(NEED, "laptop", age=4000), device="laptop", rev=0)
    written = clock() - late
    told = send(carmen, "save", edit(NEED, "phone"), device="phone", rev=0, clock=written)
    assert room.desk("Carmen").document()["values"][NEED] == wins
    assert [item["path"] for item in told["overtaken"]] == [NEED]


@pytest.mark.parametrize("written", [10**14, -1, "soon", None, [], float("inf"), float("nan"), True])
def test_a_clock_that_cannot_be_makes_nothing_newer_than_now(room, written):
    carmen = room.desk("Carmen")
    reply = send(
        carmen, "save", edit("map", ["ra"]), edit(NEED, "first"), device="phone", rev=0, clock=written
    )
    assert reply["kind"] == "saved"
    send(carmen, "save", edit(NEED, "second", base=reply["rev"]), device="laptop", rev=reply["rev"])
    assert room.desk("Carmen").document()["values"][NEED] == "second"


def watched(*desks):
    """A watch over desks, and what it has told each."""
    told = [[] for _ in desks]
    watch = AnswersWatch()

    async def begin():
        for desk, heard in zip(desks, told, strict=True):
            desk.document()
            watch.add(desk, heard.append)

    asyncio.run(begin())
    return watch, told


def test_an_open_page_is_told_unasked_what_a_team_mate_wrote_and_nobody_else_is(room):
    amina, bao, seen = both_have_seen(room)
    watch, (to_amina, to_bao, to_carmen) = watched(amina, bao, room.desk("Carmen"))
    watch.look()
    send(bao, "save", edit(NEED, "Write a letter", base=seen), device="laptop", rev=seen)
    watch.look()
    watch.look()
    (news,) = to_amina
    assert (news["kind"], news["n"], news["since"]) == ("current", 0, seen)
    assert news["changed"][NEED]["value"] == "Write a letter"
    assert news["changed"][NEED]["by"]["name"] == "Bao"
    assert to_bao == to_carmen == []


def test_an_open_page_is_told_of_a_submission_of_a_team_mate(room, complete):
    amina, bao, seen = both_have_seen(room)
    watch, (to_amina, to_bao) = watched(amina, bao)
    send(bao, "submit", rev=seen)
    watch.look()
    assert [len(news["submissions"]) for news in to_amina] == [1]
    assert to_bao == []


def test_a_form_that_builds_on_another_is_told_when_that_one_changes(room):
    people, canvas = COURSE.exercise("people"), COURSE.exercise("canvas")
    watch, (told,) = watched(room.desk("Amina", canvas))
    send(
        room.desk("Bao", people), "save", edit("groups", ["ra"]), edit("groups/ra/name", "Crane crew"), rev=0
    )
    watch.look()
    (news,) = told
    assert any("Crane crew" in str(choices) for choices in news["options"].values())


def test_who_has_left_the_team_is_told_nothing_more(room):
    amina, bao, seen = both_have_seen(room)
    watch, (told,) = watched(bao)
    Teams(room.store, COURSE.id).remove(room.people["Bao"].id)
    send(amina, "save", edit(NEED, "Ours alone", base=seen), rev=seen)
    with pytest.raises(StoreError, match="no longer in this team"):
        watch.look()
    assert told == []


class Later(asyncio.SelectorEventLoop):
    """A loop in which nothing comes later by itself."""

    def __init__(self):
        super().__init__()
        self.planned = []

    def call_later(self, delay, callback, *given, context=None):
        self.planned.append((delay, callback, given))

    def go_on(self):
        """Do what was planned; return after how many seconds."""
        ((delay, callback, given),), self.planned = self.planned, []
        callback(*given)
        return delay


def test_it_is_looked_every_three_seconds_whatever_happened_the_last_time(room, caplog):
    amina, bao, seen = both_have_seen(room)
    carmen, told, loop, watch = room.desk("Carmen"), [], Later(), AnswersWatch()

    async def begin():
        for desk, send_it in ((bao, told.append), (amina, told.append), (carmen, lambda news: 1 / news["n"])):
            desk.document()
            watch.add(desk, send_it)

    loop.run_until_complete(begin())
    Teams(room.store, COURSE.id).remove(room.people["Bao"].id)
    send(room.desk("Amina"), "save", edit(NEED, "Ours alone", base=seen), rev=seen)
    assert loop.go_on() == 3, "who has left is told nothing"
    assert (told, caplog.text) == ([], "")
    send(room.desk("Carmen"), "save", edit("map", ["rc"]), rev=0)
    assert loop.go_on() == 3
    assert "open forms were not told what is new" in caplog.text
    assert "ZeroDivisionError" in caplog.text
    assert loop.go_on() == 3
    loop.close()


def test_where_no_loop_runs_nothing_is_watched(room):
    watch, desk = AnswersWatch(), room.desk("Amina")
    with ThreadPoolExecutor(1) as thread:  # in this one a browser's loop may be running
        thread.submit(watch.add, desk, lambda _: pytest.fail("told")).result()
    send(room.desk("Bao"), "save", edit("map", ["ra"]), rev=0)
    watch.look()


def test_replies_tell_the_servers_clock_so_that_pages_can_say_when_they_wrote(room, complete):
    desk, before = room.desk("Carmen"), clock()
    told = [
        desk.document(),
        send(desk, "save", rev=0),
        send(desk, "sync", rev=0),
        send(desk, "submit", rev=0),
    ]
    assert all(before <= reply["clock"] <= clock() for reply in told)
