"""What facilitators do, and taking it back."""

from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from academy.errors import StoreError
from academy.live import Ballot, GoneError, patch
from academy.live.control import ACTS
from academy.store.live import LiveAnswer, LiveSession

DESK = "f-desk"
NOW = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)


def test_results_are_held_until_they_are_revealed(room, open_, vote):
    open_("facts")
    vote("p-amina", "facts", ["a", "b"])
    vote("p-bao", "facts", ["c"])
    state = room.state()
    assert (state["answered"], state["results"], state["held"]) == (2, None, True)
    room.do("reveal", DESK)
    assert room.state()["results"] == {"n": 2, "counts": {"a": 1, "b": 1, "c": 1}, "right": ["a", "b"]}
    room.do("hide", DESK)
    assert (room.state()["phase"], room.state()["results"]) == ("locked", None)


def test_what_is_right_is_not_said_before(room, open_, vote, live):
    open_("facts")
    vote("p-amina", "facts", ["a"])
    assert "right" not in str(room.state())


def test_next_and_previous_walk_through_the_webinar_and_stay_within_it(room):
    walked = []
    for step in ("next", "previous", "next", "next"):
        room.do(step, DESK)
        walked.append(room.state()["activity"])
    assert walked == ["connected", "connected", "used", "alive"]
    room.do("go", DESK, activity="letters")
    room.do("next", DESK)
    assert room.state()["activity"] == "letters"


def test_a_poll_made_on_the_fly_stands_behind_what_is_on(room, vote):
    room.do("go", DESK, activity="alive")
    room.do("spot", DESK, title="Shall we stop?", options=["Yes", "No", " ", "\u200b"])
    state = room.state()
    spot = state["activity"]
    assert (state["phase"], state["spot"]["title"]) == ("open", "Shall we stop?")
    vote("p-amina", spot, "o2")
    assert room.state()["results"]["counts"] == {"o1": 0, "o2": 1}
    room.do("next", DESK)
    assert room.state()["activity"] == "drivers"
    room.do("go", DESK, activity=spot)
    room.do("previous", DESK)
    assert room.state()["activity"] == "alive"
    assert room.state(spot)["results"]["n"] == 1


@pytest.mark.parametrize(
    "given",
    [{}, {"title": "?"}, {"title": " ", "options": ["a", "b"]}, {"title": "?", "options": ["a"]},
     {"title": "?", "options": ["a", "a"]}, {"title": "?", "options": "ab"}, {"title": "?", "options": [1, None]}],
)  # fmt: skip
def test_half_a_poll_is_refused(room, given):
    with pytest.raises(StoreError, match="at least two"):
        room.do("spot", DESK, **given)


def test_reset_begins_anew_and_undo_brings_everything_back(room, open_, vote):
    open_("connected")
    vote("p-amina", "connected", "phone")
    room.do("reset", DESK)
    assert (room.state()["answered"], room.mine("p-amina", "connected")) == (0, None)
    vote("p-bao", "connected", "computer")
    room.do("undo", DESK)
    assert room.state()["results"]["counts"] == {"phone": 1, "computer": 0}
    room.do("reset", DESK)
    assert room.state()["answered"] == 0


def test_every_step_can_be_undone_to_the_first(room, vote):
    start = {key: value for key, value in room.state().items() if key not in ("rev", "now")}
    room.do("guests", DESK, on=True)
    room.do("open", DESK, activity="connected")
    room.do("timer", DESK, seconds=60)
    room.do("lock", DESK)
    room.do("reveal", DESK)
    room.do("hide", DESK)
    room.do("next", DESK)
    room.do("spot", DESK, title="?", options=["a", "b"])
    room.do("reset", DESK)
    room.do("end", DESK)
    revisions = [room.state()["rev"]]
    while (undo := room.presenter_view()["undo"]) is not None:
        assert undo in ACTS
        revisions.append(room.do("undo", DESK))
    assert revisions == sorted(set(revisions))
    end = room.state()
    spots = [name for name in end["activities"] if name.startswith("spot-")]
    assert [end["activities"].pop(name)["phase"] for name in spots] == ["waiting"]
    assert {key: value for key, value in end.items() if key not in ("rev", "now")} == start
    with pytest.raises(StoreError, match="nothing to undo"):
        room.do("undo", DESK)


def test_a_text_waits_until_it_is_let_through_and_again_when_it_is_changed(room, open_, vote):
    open_("row")
    vote("p-amina", "row", "The cleaners")
    assert room.state()["results"] == {"n": 1, "items": {}}
    (item,) = room.presenter_view()["items"]
    assert (item["state"], item["by"]) == ("pending", "")
    room.do("approve", DESK, item=item["id"])
    assert [i["text"] for i in room.state()["results"]["items"].values()] == ["The cleaners"]
    vote("p-amina", "row", "Something else", change=True)
    assert room.state()["results"]["items"] == {}


def test_a_text_is_hidden_and_shown_again(room, open_, vote):
    open_("word")
    vote("p-amina", "word", ["Solidarity"])
    room.do("hide-answer", DESK, item="solidarity")
    assert room.state()["results"]["items"] == {}
    vote("p-bao", "word", ["SOLIDARITY!"])
    assert room.state()["results"]["items"] == {}
    room.do("approve", DESK, item="solidarity")
    assert room.state()["results"]["items"] == {"solidarity": {"text": "Solidarity", "n": 2}}


def test_a_list_that_nobody_could_read_is_cut_for_the_room_alone(room, open_):
    open_("word")
    ballots = [Ballot(f"p-{n:03}", "word", f"client-{n:04}", [f"word{n}", "often"]) for n in range(170)]
    room.answer_all(ballots)
    results = room.state()["results"]
    assert len(results["items"]) == 150
    assert results["more"] == 21
    assert results["items"]["often"]["n"] == 170
    assert len(room.results("word")["items"]) == len(room.presenter_view()["items"]) == 171


def test_of_many_texts_the_room_sees_as_many_as_it_could_read(room, open_):
    open_("letters")
    ballots = [
        Ballot(f"p-{n:03}", "letters", f"client-{n:04}", {"political": f"Card {n}"}) for n in range(151)
    ]
    room.answer_all(ballots[:150])
    assert (len(room.state()["results"]["items"]), "more" in room.state()["results"]) == (150, False)
    room.answer_all(ballots[150:])
    results = room.state()["results"]
    assert (len(results["items"]), results["more"]) == (150, 1)
    everything = room.results("letters")["items"]
    assert list(results["items"]) == list(everything)[1:]


def test_similar_questions_are_put_together_and_each_person_counts_once(room, open_, vote):
    open_("asked")
    first, second, third = (
        next(iter(vote(who, "asked", {"ask": text}).mine["asked"]))
        for who, text in (("p-amina", "Who pays?"), ("p-bao", "Who will pay?"), ("p-chi", "Money?"))
    )
    vote("p-amina", "asked", {"for": second})
    vote("p-dee", "asked", {"for": second})
    room.do("merge", DESK, item=second, into=first)
    room.do("merge", DESK, item=third, into=second)
    assert {key: item["n"] for key, item in room.state()["results"]["items"].items()} == {first: 4}
    for item, into in ((first, first), (first, second), (first, third)):
        with pytest.raises(StoreError, match="can't be put together"):
            room.do("merge", DESK, item=item, into=into)
    room.do("answered", DESK, item=first)
    assert room.state()["results"]["items"][first]["answered"] is True
    room.do("split", DESK, item=third)
    assert set(room.state()["results"]["items"]) == {first, third}


def test_who_is_removed_answers_no_more_and_their_named_answers_do_not_count(room, open_, vote):
    open_("used")
    vote("p-amina", "used", ["a"])
    vote("p-bao", "used", ["b"])
    room.do("remove", DESK, who="p-bao")
    assert room.state()["results"]["n"] == room.state()["answered"] == 1
    with pytest.raises(StoreError, match="taken out"):
        vote("p-bao", "used", ["a"], change=True)
    assert room.sit([("p-bao", "Bao")]) == {"p-bao": False}
    room.do("undo", DESK)
    assert room.state()["results"]["n"] == 2


def test_removing_somebody_does_not_show_how_they_voted_anonymously(room, open_, vote):
    open_("connected")
    vote("p-amina", "connected", "phone")
    vote("p-bao", "connected", "computer")
    before = room.state()["results"]
    room.do("remove", DESK, who="p-bao")
    assert room.state()["results"] == before


def test_answers_that_came_by_telephone_count_once_and_can_be_taken_back(room, open_):
    open_("connected")
    for _ in range(2):
        room.do("enter", DESK, activity="connected", value="phone", how="phone", id="call-of-nine")
    room.do("enter", DESK, activity="connected", value="phone", how="chat", id="call-of-ten")
    assert room.state()["results"]["n"] == 2
    room.do("undo", DESK)
    assert room.state()["results"]["n"] == 1


def test_an_entered_answer_has_a_name_only_where_others_have_one(room, open_):
    for activity, value in (("word", ["tired"]), ("asked", {"ask": "Who pays?"})):
        open_(activity)
        room.do("enter", DESK, value=value, name="Amina", id="call-of-nine")
    assert room.state("asked")["results"]["items"].popitem()[1]["by"] == "Amina"
    assert "Amina" not in str(room.state("word")) + str(room.presenter_view("word"))


@pytest.mark.parametrize("seconds", [-1, True, "60", 10**9, None])
def test_a_timer_takes_seconds(room, open_, seconds):
    open_("connected")
    with pytest.raises(StoreError, match="three hours"):
        room.do("timer", DESK, seconds=seconds)


@pytest.mark.parametrize("seconds", [1, 3 * 3600])
def test_a_timer_ends_when_it_says_and_none_takes_it_away(room, open_, at_time, seconds):
    open_("connected")
    assert room.state()["timer_ends"] is None
    at_time(NOW)
    room.do("timer", DESK, seconds=seconds)
    ends = NOW.timestamp() + seconds
    assert room.state()["timer_ends"] == ends
    room.do("timer", DESK, seconds=0)
    assert room.state()["timer_ends"] is None
    room.do("undo", DESK)
    assert room.state()["timer_ends"] == ends


@pytest.mark.parametrize("seconds", [3 * 3600 + 1, 1.5, False])
def test_what_is_no_time_sets_no_timer(room, open_, seconds):
    open_("connected")
    with pytest.raises(StoreError, match="three hours"):
        room.do("timer", DESK, seconds=seconds)
    assert room.state()["timer_ends"] is None


@pytest.mark.parametrize("act", ["go", "open", "lock", "reveal", "hide", "reset", "approve"])
def test_an_act_about_nothing_says_that_nothing_is_on(room, act):
    with pytest.raises(StoreError, match="No activity is on"):
        room.do(act, DESK)
    with pytest.raises(StoreError, match="no such activity"):
        room.do(act, DESK, activity="nothing")


@pytest.mark.parametrize("act", ["go", "open", "next", "previous", "spot", "end"])
def test_where_nobody_is_together_nobody_is_led_anywhere(room, act):
    room.do("end", DESK)
    with pytest.raises(StoreError, match="not running"):
        room.do(act, DESK, activity="connected", title="?", options=["a", "b"])
    assert room.state()["activity"] is None
    room.do("lock", DESK, activity="connected")  # what is answered at home can be closed


@pytest.mark.parametrize("act", ["approve", "hide-answer", "answered", "merge", "split"])
def test_an_act_about_no_text_says_so(room, open_, act):
    open_("asked")
    with pytest.raises(StoreError, match="no such activity here"):
        room.do(act, DESK)


@pytest.mark.parametrize("act", ["remove", "admit"])
def test_who_is_not_in_the_room_is_not_taken_out(room, act):
    with pytest.raises(StoreError, match="no such person in the room"):
        room.do(act, DESK, who="p-nobody")
    assert room.last_step() is None


def test_what_was_decided_about_a_text_is_taken_back(room, open_, vote):
    open_("row")
    vote("p-amina", "row", "The cleaners")
    (item,) = room.presenter_view()["items"]

    def state():
        (found,) = room.presenter_view()["items"]
        return found["state"]

    room.do("approve", DESK, item=item["id"])
    room.do("hide-answer", DESK, item=item["id"])
    assert state() == "hidden"
    room.do("undo", DESK)
    assert state() == "shown"
    room.do("undo", DESK)
    assert state() == "pending"


def test_putting_questions_together_is_taken_back(room, open_, vote):
    open_("asked")
    first, second = (
        next(iter(vote(who, "asked", {"ask": text}).mine["asked"]))
        for who, text in (("p-amina", "Who pays?"), ("p-bao", "Who will pay?"))
    )
    room.do("merge", DESK, item=second, into=first)
    assert set(room.state()["results"]["items"]) == {first}
    room.do("undo", DESK)
    assert set(room.state()["results"]["items"]) == {first, second}


def test_results_that_were_shown_can_be_asked_about_anew(room, open_, vote):
    open_("connected")
    vote("p-amina", "connected", "phone")
    room.do("hide", DESK)
    assert room.state()["phase"] == "open", "people go on answering"
    room.do("reveal", DESK)
    room.do("reset", DESK)
    assert (room.state()["phase"], room.state()["answered"]) == ("locked", 0)
    open_("connected")
    room.do("reset", DESK)
    assert room.state()["phase"] == "open"


def test_a_poll_made_on_the_fly_says_whose_names_are_known_and_when_results_are_seen(room, vote):
    room.do(
        "spot", DESK, title="Who comes?", options=["I", "Not I"], names="named", show="reveal", kind="multi"
    )
    spot = room.state()["activity"]
    assert room.state()["spot"]["kind"] == "multi"
    vote("p-amina", spot, ["o1", "o2"])
    assert (room.state()["names"], room.state()["results"], room.state()["held"]) == ("named", None, True)
    room.do("reveal", DESK)
    assert room.state()["results"]["counts"] == {"o1": 1, "o2": 1}
    room.do("spot", DESK, title="Sure?", kind="ranking", options=["a", "b"])
    assert room.state()["spot"]["kind"] == "choice", "no order is asked for on the fly"
    room.do("spot", DESK, title="T" * 300, options=["a" * 300, *"bcdefghijk"])
    made = room.state()["spot"]
    assert (len(made["title"]), len(made["options"]), len(made["options"][0]["text"])) == (200, 10, 200)


@pytest.mark.parametrize(
    ("how", "said"), [("phone", "phone"), ("paper", "paper"), ("fax", "phone"), (7, "phone")]
)
def test_an_answer_that_was_entered_says_how_it_came(room, open_, store, how, said):
    open_("connected")
    room.do("enter", DESK, value="phone", how=how, id="call-of-nine")
    with store.session() as session:
        assert [row.entered for row in session.scalars(sa.select(LiveAnswer))] == [said]


def test_an_entered_answer_that_is_none_is_refused(room, open_):
    open_("connected")
    with pytest.raises(StoreError, match="choose one of the answers"):
        room.do("enter", DESK, value="fax", id="call-of-nine")
    assert room.state()["answered"] == 0
    assert room.last_step()["act"] == "open"


def test_a_session_is_closed_also_where_what_tied_its_answers_cannot_be_removed(
    room, open_, vote, store, caplog
):
    open_("connected")
    vote("p-amina", "connected", "phone")
    (store.ties.folder / room.code / "a folder").mkdir()
    room.do("close", DESK)
    assert "could not be removed" in caplog.text
    assert room.state()["state"] == "closed"
    with store.session() as session:
        assert session.scalar(sa.select(LiveSession.scrub)) is False, (
            "the database's files are clean all the same"
        )


def test_a_session_that_is_gone_asks_for_the_new_code(room, store):
    with store.write() as session:
        session.execute(sa.delete(LiveSession))
    with pytest.raises(GoneError, match="ask your facilitator for the new code"):
        room.do("guests", DESK, on=True)


def test_what_is_no_act_is_refused(room):
    for act in ("", "delete", "__class__"):
        with pytest.raises(StoreError, match="not known"):
            room.do(act, DESK)


def test_a_meeting_goes_on_where_it_was_or_begins_anew(room, live, open_, vote):
    open_("connected")
    vote("p-amina", "connected", "phone")
    room.do("end", DESK)
    again = live.start("webinar-1", by=DESK)
    assert again.code == room.code
    assert again.state("connected")["answered"] == 1
    anew = live.start("webinar-1", by=DESK, anew=True)
    assert anew.code != room.code
    assert anew.state("connected")["answered"] == 0
    assert live.room(room.code).state()["state"] == "closed"
    assert [found.code for found in live.now()] == [anew.code]


def test_there_is_a_room_at_home_also_where_nobody_met(live):
    home = live.home("webinar-1")
    assert home.state()["state"] == "home"
    assert live.home("webinar-1").code == home.code
    assert live.start("webinar-1", by=DESK).code == home.code


def test_what_was_closed_for_good_stays_to_be_read_and_no_empty_session_takes_its_place(
    room, live, open_, vote
):
    open_("connected")
    for number in range(5):
        vote(f"p-{number}", "connected", "phone")
    room.do("close", DESK)
    for found in (live.of("webinar-1"), live.home("webinar-1")):
        assert found.code == room.code
        assert found.state("connected")["results"]["counts"]["phone"] == 5
    assert live.standing("webinar-1")[1] == "closed"
    assert live.now() == []
    anew = live.start("webinar-1", by=DESK)  # only a new meeting does
    assert anew.code != room.code
    assert live.of("webinar-1").code == anew.code
    anew.do("close", DESK)
    assert live.of("webinar-1").code == anew.code


def test_an_empty_session_that_once_opened_behind_a_closed_one_hides_no_results(room, live):
    room.do("close", DESK)
    with live.store.write() as session:
        left = live._new("webinar-1", "", "home")
        session.add(left)
        session.flush()
        code = left.code
    assert live.of("webinar-1").code == room.code
    live.room(code).answer(Ballot("p-bao", "connected", "client-9999", "phone", name="Bao"))
    assert live.of("webinar-1").code == code  # answers in it are results too


def test_undo_says_what_it_would_take_back_and_takes_back_that_alone(room, open_):
    assert room.last_step() is None
    open_("drivers")
    step = room.last_step()
    assert (step["act"], step["activity"], step["from"]) == ("open", "drivers", None)
    open_("alive")
    room.do("go", DESK, activity="word")
    assert (room.last_step()["act"], room.last_step()["from"]) == ("go", "alive")
    with pytest.raises(StoreError, match="Something else was done meanwhile"):
        room.do("undo", DESK, step=step["step"])
    assert room.state()["activity"] == "word"
    room.do("undo", DESK, step=room.last_step()["step"])
    assert room.state()["activity"] == "alive"


def test_who_is_led_to_where_the_room_is_has_taken_no_step(room, open_):
    open_("drivers")
    step = room.last_step()
    room.do("go", DESK, activity="drivers")
    assert room.last_step() == step
    room.do("undo", DESK)
    assert room.state()["activity"] is None


def test_undo_names_the_person_whom_it_would_let_in_again(room, open_, vote):
    open_("connected")
    vote("p-amina", "connected", "phone")
    room.do("remove", DESK, who="p-amina")
    assert (room.last_step()["act"], room.last_step()["who"]) == ("remove", "Amina")


def test_the_end_and_its_undo_leave_everything_where_it_was(room, open_, vote):
    open_("row")
    vote("p-amina", "row", "Nobody asked us.")
    room.do("end", DESK)
    assert room.state()["activity"] is None
    assert [item["text"] for item in room.presenter_view("row")["items"]] == ["Nobody asked us."]
    assert room.last_step()["act"] == "end"
    room.do("undo", DESK)
    assert (room.state()["state"], room.state()["activity"]) == ("live", "row")


def test_a_code_is_found_however_it_is_typed(room, live):
    code = room.code
    assert live.room(f" {code[:3].lower()}-{code[3:]} ").id == room.id
    for wrong in ("", code[:5], f"{code}0", "öööööö", "x" * 200):
        assert live.room(wrong) is None


def test_a_patch_makes_the_new_state_of_the_old(room, open_, vote):
    old = room.state()
    open_("word")
    vote("p-amina", "word", ["tired"])
    new = room.state()
    assert merged(old, patch(old, new)) == {key: value for key, value in new.items() if value is not None}
    assert patch(new, new) == {}


def merged(target, change):
    """RFC 7396."""
    if not isinstance(change, dict):
        return change
    kept = dict(target) if isinstance(target, dict) else {}
    for key, value in change.items():
        if value is None:
            kept.pop(key, None)
        else:
            kept[key] = merged(kept.get(key), value)
    return {key: value for key, value in kept.items() if value is not None}
