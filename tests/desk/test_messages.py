"""Messages to the cohort, and more days."""

from datetime import UTC, datetime, timedelta

import pytest

from academy.calendar import calendar_file
from academy.deadlines import Extensions, due
from academy.errors import StoreError
from academy.messages import LONGEST, Messages
from academy_widgets import pages


@pytest.fixture
def messages(group):
    group.clock.now = datetime(2026, 3, 10, 9, tzinfo=UTC)
    return Messages(group.store, "small", group.clock)


def test_a_message_stands_for_its_days_and_no_longer(messages, group):
    messages.send({"en": "The webinar begins at ten."}, "f-desk", days=2)
    assert [m.text(["en"]) for m in messages.to("p-amina")] == [("en", "The webinar begins at ten.")]
    group.clock.forward(days=2, seconds=1)
    assert messages.to("p-amina") == []


def test_a_message_taken_back_is_gone_and_cannot_be_taken_back_twice(messages):
    number = messages.send({"en": "Hello"}, "f-desk")
    messages.take_back(number, "f-desk")
    assert messages.standing() == []
    with pytest.raises(StoreError, match="taken back already"):
        messages.take_back(number, "f-desk")


def test_everybody_reads_their_language_or_else_the_one_there_is(messages):
    messages.send({"en": "Hello", "ar": "مرحبا"}, "f-desk")
    messages.send({"ar": "وداعا", "en": "  "}, "f-desk")
    bye, hello = messages.standing()
    assert hello.text(["ar", "en"]) == ("ar", "مرحبا")
    assert bye.text(["en"]) == ("ar", "وداعا")


def test_a_message_to_one_person_is_for_nobody_else(messages):
    messages.send({"en": "Shall we talk?"}, "f-desk", person="p-amina")
    assert len(messages.to("p-amina")) == 1
    assert messages.to("p-bao") == []


@pytest.mark.parametrize(
    ("texts", "days"), [({}, 7), ({"en": " \n\u202e"}, 7), ({"en": "x" * (LONGEST + 1)}, 7), ({"en": "x"}, 0)]
)
def test_what_is_no_message_is_refused_with_a_sentence(messages, texts, days):
    with pytest.raises(StoreError, match="Please"):
        messages.send(texts, "f-desk", days)


def test_what_turns_a_text_round_is_taken_out_and_joiners_stay(messages):
    messages.send({"en": "a\u202eb\x00c می\u200cخواهم"}, "f-desk")
    assert messages.standing()[0].texts["en"] == "abc می\u200cخواهم"


def test_the_home_page_shows_messages_as_text_in_the_readers_language(group, session_of, at_page):
    amina = session_of("participant", "Amina", "ar")
    Messages(group.store, "small").send({"en": "Hello", "ar": "<b>مرحبا</b>"}, amina.person_id)
    at_page(amina)
    page = pages.home_page().data
    assert 'lang="ar" dir="auto">&lt;b&gt;مرحبا&lt;/b&gt;</p>' in page
    assert "Hello" not in page


def in_time():
    return datetime(2026, 3, 12, tzinfo=UTC)


def test_days_that_leave_the_end_in_the_past_are_refused_and_those_that_reach_today_are_not(group):
    now = [datetime(2026, 3, 20, 12, tzinfo=UTC)]  # the week ended on the 15th
    extensions = Extensions(group.store, group.course, lambda: now[0])
    with pytest.raises(StoreError, match="still be in the past"):
        extensions.give("week", 4, "f-desk")
    assert extensions.given() == []
    extensions.give("week", 5, "f-desk")
    now[0] = datetime(2026, 3, 22, tzinfo=UTC)
    with pytest.raises(StoreError, match="still be in the past"):
        extensions.give("week", 1, "f-desk", person="p-amina")
    extensions.give("week", 2, "f-desk", person="p-amina")  # beside the five that all have
    assert extensions.of("p-amina")["week"] == timedelta(days=7)


def test_one_of_several_weeks_is_extended_and_a_part_without_a_start_can_not_be(group):
    week = group.course.modules[0]
    others = [week.model_copy(update={"id": "later"}), week.model_copy(update={"id": "any", "starts": None})]
    course = group.course.model_copy(update={"modules": [week, *others]})
    extensions = Extensions(group.store, course, in_time)
    extensions.give("later", 2, "f-desk")
    assert extensions.of() == {"later": timedelta(days=2)}
    with pytest.raises(StoreError, match="has no end"):
        extensions.give("any", 2, "f-desk")


@pytest.mark.parametrize("days", [1, 60])
def test_from_one_to_sixty_days_can_be_given(group, days):
    assert Extensions(group.store, group.course, in_time).give("week", days, "f-desk")


def test_more_days_move_the_end_for_all_or_for_one_and_add_up(group):
    extensions, week = Extensions(group.store, group.course, in_time), group.course.modules[0]
    before = due(group.course, week)
    extensions.give("week", 2, "f-desk")
    number = extensions.give("week", 3, "f-desk", person="p-amina")
    assert due(group.course, week, extensions.of("p-amina")) == before + timedelta(days=5)
    assert due(group.course, week, extensions.of("p-bao")) == before + timedelta(days=2)
    extensions.take_back(number, "f-desk")
    assert extensions.of("p-amina") == extensions.of("p-bao")


@pytest.mark.parametrize(("module", "days"), [("week", 0), ("week", 61), ("nowhere", 2)])
def test_days_that_make_no_sense_are_refused(group, module, days):
    with pytest.raises(StoreError):
        Extensions(group.store, group.course, in_time).give(module, days, "f-desk")


def test_the_home_page_shows_the_end_that_one_was_given(group, session_of, at_page):
    amina = session_of("participant", "Amina")
    Extensions(group.store, group.course, in_time).give("week", 3, "f-desk", person=amina.person_id)
    at_page(amina)
    assert "18 March 2026" in pages.home_page().data


def test_the_calendar_file_has_the_end_that_one_was_given(group):
    extensions = Extensions(group.store, group.course, in_time)
    extensions.give("week", 3, "f-desk", person="p-amina")
    now = datetime(2026, 3, 10, tzinfo=UTC)
    plain = calendar_file(group.course, str, now, extensions.of("p-bao"))
    assert plain == calendar_file(group.course, str, now)
    assert b"DTSTART:20260318T" in calendar_file(group.course, str, now, extensions.of("p-amina"))
