"""A round of reviews as people see it."""

import re
import uuid
from types import SimpleNamespace

import pytest

from academy.course import load_course
from academy.data import DataFolder
from academy.errors import CourseError
from academy.peers import moderation
from academy.peers.rounds import Round
from academy.people import Teams
from academy.session import Session
from academy.store import Releases
from academy_widgets.forms.form import ExerciseForm
from academy_widgets.peer_review import page as review_page
from academy_widgets.peer_review.desk import ReplyDesk, ReviewDesk
from tests.peers.conftest import Class, Clock
from tests.peers.small import small_course

HOSTILE = "<img src=x onerror=alert(1)> **bold** {{ 7*7 }} <script>alert(2)</script>"
STAR = "A circle at the port is close to people, and the night shift is where nobody goes."
WISH = "Say what a person does who missed the first evening and hears of it in May."


@pytest.fixture
def group(tmp_path, at_time):
    data = DataFolder.create(tmp_path / "data")
    clock = Clock()
    at_time(clock)
    made = Class(small_course(tmp_path), data.store_url, clock)
    made.data = data
    yield made
    made.store.close()


@pytest.fixture
def three(group):
    ids = group.join("Amina", "Bao", "Carmen")
    for person in ids:
        group.submit(person, f"A study circle at the port of {person}")
    return ids


@pytest.fixture
def see(group, at_page):
    """Open the page of the round as a person: its texts and its forms."""

    def open_page(person_id, language="en", round_id="idea-reviews"):
        person = group.people.get(person_id)
        session = Session(
            person.id, person.role, person.display_name, language, None, group.course, group.store, group.data,
            Teams(group.store, group.course.id).of(person.id),
        )  # fmt: skip
        at_page(session)
        parts = list(review_page.review_parts(round_id))
        forms = [part for part in parts if isinstance(part, ExerciseForm)]
        html = "\n".join(part.data for part in parts if not isinstance(part, ExerciseForm))
        return SimpleNamespace(html=html, forms=forms, text=re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", html)))

    return open_page


def send(form, kind="submit", **values):
    edits = [
        {"id": str(uuid.uuid4()), "path": path, "value": value, "age": 0, "base": 0}
        for path, value in values.items()
    ]
    return form._desk.answer({"kind": kind, "n": 1, "key": uuid.uuid4().hex, "edits": edits, "device": "d"})


def test_a_review_is_written_sent_read_and_answered(group, three, see):
    amina = three[0]
    assert "Get work to review" in see(amina).text
    task = group.round.next_for(amina)
    page = see(amina)
    assert f"A study circle at the port of {task.author}" in page.text
    (form,) = [form for form in page.forms if isinstance(form._desk, ReviewDesk)]
    assert [field["id"] for field in form.spec["fields"]] == ["star", "wish", "level"]
    reply = send(form, star=STAR, wish=WISH, level=3)
    assert reply["kind"] == "submitted", reply
    assert "1 of 2 given" in see(amina).text
    other = next(person for person in three if person not in (amina, task.author))
    while len(group.round.received(task.author)) < 2:
        group.give(other, star=STAR, wish=WISH)
    page = see(task.author)
    assert STAR in page.text
    answers = [form for form in page.forms if isinstance(form._desk, ReplyDesk)]
    reply = send(answers[0], wish_answer="adapt", wish_why="We will send a short voice message", helpful=4)
    assert reply["kind"] == "submitted", reply
    with group.store.session() as session:
        assert [event.kind for event in session.scalars(group.round.events("replied", "flagged"))] == [
            "replied"
        ]


def test_handing_a_review_in_brings_the_new_state_to_the_page_that_is_open(group, three, see):
    amina = three[0]
    task = group.round.next_for(amina)
    page = see(amina)
    (form,) = page.forms
    assert send(form, "save", star=STAR).get("parts") is None
    parts = send(form, star=STAR, wish=WISH, level=3)["parts"]
    for part in parts:
        assert page.html.count(f'id="{part}"') == 1
    assert "1 of 2 given" in parts["idea-reviews-giving"]
    assert "Get the next work" in parts["idea-reviews-giving"]
    assert STAR in parts["idea-reviews-given"]
    assert "Get the next work" in parts[f"next-{task.key}"]
    assert parts[f"hold-{task.key}"] == ""


def test_a_reviewer_reads_what_the_author_answered_once_it_is_sent(group, three, see):
    task = group.give(three[0], star=STAR, wish=WISH)
    other = next(person for person in three if person not in (three[0], task.author))
    while len(group.round.received(task.author)) < 2:
        group.give(other, star=STAR, wish=WISH)
    mine = [form for form in see(task.author).forms if form._desk.task.key == task.key]
    send(mine[0], "save", wish_answer="adapt", wish_why="Only half written")
    assert "Only half written" not in see(three[0]).text
    sent = {"wish_why": "We send <b>a voice</b> message", "thanks": "Thank you", "helpful": 1, "flag": True}
    assert send(mine[0], **sent)["kind"] == "submitted"
    send(mine[0], "save", wish_why="Something else since then")
    page = see(three[0])
    assert "What the author answers" in page.text
    assert "We send &lt;b&gt;a voice&lt;/b&gt; message" in page.html
    assert "Something else" not in page.text
    given = page.html[page.html.index("What the author answers") :]
    assert "helpful" not in given.lower()
    assert "not all right" not in given
    assert "a voice" not in see(other).text


def test_an_author_sees_how_many_chose_each_level_and_nothing_of_a_single_review(group, three, see):
    task = group.give(three[0], star=STAR, wish=WISH, level=2)
    other = next(person for person in three if person not in (three[0], task.author))
    group.clock.forward(days=4)
    assert "by how many reviewers" not in see(task.author).text
    while len(group.round.received(task.author)) < 2:
        group.give(other, star=STAR, wish=WISH, level=4)
    assert "Levels, by how many reviewers Level 2 × 1 4 × 1" in see(task.author).text


def test_gaps_are_named_and_everything_typed_is_kept(group, three, see):
    group.round.next_for(three[0])
    (form,) = see(three[0]).forms
    reply = send(form, star=STAR)
    assert reply["kind"] == "not-submitted"
    assert [problem["path"] for problem in reply["problems"]] == ["wish"]
    (again,) = see(three[0]).forms
    assert again.doc["values"]["star"] == STAR


def test_help_comes_as_a_question_and_personal_data_must_be_confirmed(group, three, see):
    group.round.next_for(three[0])
    (form,) = see(three[0]).forms
    reply = send(form, "save", star="Good", wish=WISH)
    assert [advice["fields"] for advice in reply["advice"]] == [["star"]]
    reply = send(form, star=STAR, wish=f"{WISH} Ask Sami, +961 70 123 456.")
    assert reply["kind"] == "not-submitted"
    assert "telephone number" in reply["problems"][-1]["text"]


def test_in_a_double_blind_round_nothing_on_the_page_says_who_is_who(group, three, see):
    task = group.give(three[0], star=STAR, wish=WISH)
    other = next(person for person in three if person not in (three[0], task.author))
    while len(group.round.received(task.author)) < 2:
        group.give(other, star=STAR, wish=WISH)
    group.round.next_for(three[0])
    giving, getting = see(three[0]), see(task.author)
    names = {person: group.people.get(person).display_name for person in three}
    for page, others in ((giving, set(three) - {three[0]}), (getting, set(three) - {task.author})):
        whole = page.html + repr(
            [form.get_state() for form in page.forms if isinstance(form._desk, ReplyDesk)]
        )
        whole = whole.replace("A study circle at the port of ", "")
        for person in others:
            assert names[person] not in whole
    for form in getting.forms:
        state = repr(form.get_state())
        assert three[0] not in state
        assert other not in state


def test_a_reviewer_reads_nothing_that_is_private(group, three, see):
    group.round.next_for(three[0])
    assert "at the port of" in see(three[0]).text
    exercises = [each.model_copy(update={"private": each.id == "idea"}) for each in group.course.exercises]
    group.course = group.course.model_copy(update={"exercises": tuple(exercises)})
    assert "at the port of" not in see(three[0]).text


def test_a_round_is_no_form_of_its_own(group, three, see):
    see(three[0])
    with pytest.raises(CourseError, match="a round of reviews"):
        ExerciseForm.for_current("idea-reviews")


def test_an_author_who_is_not_signed_in_is_told_so(at_page):
    at_page(None)
    (part,) = review_page.review_parts("idea-reviews")
    assert "Nobody is signed in here" in part.data


@pytest.mark.parametrize("name", ["idea", "walk"])
def test_a_round_that_is_not_there_is_told_to_the_author(three, see, name):
    with pytest.raises(CourseError, match=f"^The course has no round of reviews {name}. Check the name"):
        see(three[0], round_id=name)


@pytest.mark.parametrize(
    ("blind", "author", "reviewer"), [("double", False, False), ("single", True, False), ("open", True, True)]
)
def test_who_is_who_is_said_as_far_as_the_round_is_not_blind(group, three, see, blind, author, reviewer):
    rounds = [
        each.model_copy(update={"review": each.review and each.review.model_copy(update={"blind": blind})})
        for each in group.course.exercises
    ]
    group.course = group.course.model_copy(update={"exercises": tuple(rounds)})
    names = {person: group.people.get(person).display_name for person in three}
    task = group.round.next_for(three[0])
    assert (f"The work of {names[task.author]}" in see(three[0]).html) is author
    group.round.finish(three[0], task.key, group.write(task, star=STAR, wish=WISH))
    assert (names[task.author] in see(three[0]).html) is author
    group.clock.forward(days=4)
    assert (f"Review by {names[three[0]]}" in see(task.author).html) is reviewer
    assert ("Review 1" in see(task.author).html) is not reviewer


@pytest.fixture
def again(group):
    """A second round on the same work, which follows the first."""
    folder = group.course.folder / "idea-again"
    folder.mkdir()
    text = (folder.with_name("idea-reviews") / "exercise.yaml").read_text("utf-8")
    text = text.replace("id: idea-reviews", "id: idea-again").replace(
        "  give: 2", "  follows: idea-reviews\n  give: 2"
    )
    (folder / "exercise.yaml").write_text(text, "utf-8")
    group.course = load_course(group.course.folder)
    Releases(group.store, "small").release("idea-again")
    return Round(group.store, group.course, group.course.exercise("idea-again"), group.clock)


def test_a_second_round_shows_what_was_wished_for_and_answered_and_what_has_changed_since(
    group, three, see, again
):
    for person in three:
        for _ in range(2):
            group.give(person, star=STAR, wish=f"{WISH} Says {person}.")
    changed, same = three[:2]
    mine = [form for form in see(changed).forms if isinstance(form._desk, ReplyDesk)]
    sent = send(mine[1], wish_answer="adapt", wish_why="We send a voice message", helpful=4)
    assert sent["kind"] == "submitted", sent
    group.clock.forward(days=1)
    group.submit(changed, "A study circle on the night bus")
    (late,) = group.join("Late")
    group.submit(late, "A late idea")
    pages = {}
    for person in (*three, late):
        while task := again.next_for(person):
            pages.setdefault(task.author, see(person, round_id="idea-again").text)
            again.finish(person, task.key, 1)
    second = group.round.received(changed)[1].reviewer
    assert set(pages) == {*three, late}
    page = pages[changed]
    told = page[page.index("What reviewers wished for last time") : page.index("What has changed since then")]
    assert "Review 2" in told
    assert "Review 1" not in told, "nobody has answered it"
    assert f"Says {second}." in told
    assert "We send a voice message" in told
    since = page[page.index("What has changed since then") : page.index("Select some words")]
    said = "An idea: What? Before A study circle at the port of {} Now A study circle on the night bus"
    assert said.format(changed) in since
    for author in (same, late):
        assert "last time" not in pages[author]
        assert "What has changed" not in pages[author]


def test_with_two_people_the_page_says_that_they_will_know(group, see):
    ids = group.join("Amina", "Bao")
    for person in ids:
        group.submit(person)
    assert "you will know whose it is" in see(ids[0]).text


def test_what_people_wrote_is_text(group, see):
    ids = group.join("Amina", "Bao", "Carmen")
    for person in ids:
        group.submit(person, HOSTILE)
    for person in ids:
        while len(group.round.tasks(person)) < 2:
            group.give(person, star=f"{HOSTILE} and more of it", wish=WISH)
    group.people.add("Dina")
    for page in (see(ids[0]), see(ids[1], "ar")):
        assert "<script>" not in page.html
        assert "<img" not in page.html
        assert "&lt;script&gt;" in page.html


def test_who_has_not_submitted_is_told_and_a_latecomer_is_welcome(group, three, see):
    late = group.join("Late")[0]
    assert "Submit “An idea” first" in see(late).text


def test_after_the_wait_nobody_is_kept_waiting(group, three, see):
    group.clock.forward(days=4)
    assert "has been asked to read your work" in see(three[0]).text


def test_a_returned_review_shows_the_facilitators_words(group, three, see):
    task = group.give(three[0], star=STAR, wish=WISH)
    moderation.return_to_writer(group.round, task.key, "f-desk", "Please say what could help.")
    page = see(three[0])
    assert "Please say what could help." in page.text
    assert len(page.forms) == 1


def test_a_desk_of_anothers_review_writes_nothing(group, three):
    task = group.round.next_for(three[0])
    session = Session(three[1], "participant", "Bao", "en", None, group.course, group.store, group.data)
    desk = ReviewDesk(session, group.round, task)
    edits = [{"id": str(uuid.uuid4()), "path": p, "value": v} for p, v in (("star", STAR), ("wish", WISH))]
    reply = desk.answer({"kind": "submit", "n": 1, "key": uuid.uuid4().hex, "edits": edits})
    assert reply["kind"] == "not-saved"
    assert "no such review" in reply["text"]
    assert group.round.task(task.key).state == "leased"


def test_nobody_answers_a_review_of_anothers_work(group, three):
    task = group.give(three[0], star=STAR, wish=WISH)
    stranger = next(person for person in three if person not in (task.author, task.reviewer))
    session = Session(stranger, "participant", "Eve", "en", None, group.course, group.store, group.data)
    desk = ReplyDesk(session, group.round, task, {"wish": WISH})
    assert "no longer in this team" in desk.answer({"kind": "sync", "rev": 0})["text"]
    edits = [{"id": str(uuid.uuid4()), "path": "thanks", "value": "Thank you"}]
    assert desk.answer({"kind": "save", "n": 1, "edits": edits})["kind"] == "not-saved"


def test_who_was_reviewing_reads_that_the_work_was_taken_out_and_that_it_is_back(group, three, see):
    task = group.round.next_for(three[0])
    group.write(task)
    group.round.withdraw(task.author, "f-desk")
    page = see(three[0])
    assert "taken a work that you were reviewing out of the round" in page.text
    assert "What you wrote is kept" in page.text
    assert [form for form in page.forms if isinstance(form._desk, ReviewDesk)] == []
    (other,) = (person for person in three if person not in (task.author, three[0]))
    assert "out of the round" not in see(other).text
    group.round.bring_back(task.author, "f-desk")
    page = see(three[0])
    assert "had been taken out of the round and is back" in page.text
    (form,) = (form for form in page.forms if isinstance(form._desk, ReviewDesk))
    assert (
        form._desk.answers.draft(three[0], "idea-reviews").values["star"] == "It begins with the night shift"
    )
