"""One clock, which a context can set."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone

import pytest
import sqlalchemy as sa

from academy.store import Edit
from academy.store.events import Events
from academy.store.schema import PersonRow, by_clock, utc_now

THEN = datetime(2026, 3, 9, 8, tzinfo=UTC)


def test_within_a_context_its_clock_holds_and_afterwards_the_one_before():
    with by_clock(lambda: THEN):
        with by_clock(lambda: THEN + timedelta(days=1)):
            assert utc_now() == THEN + timedelta(days=1)
        assert utc_now() == THEN
    assert abs(utc_now() - datetime.now(UTC)) < timedelta(hours=1)


def test_other_threads_have_the_true_clock(at_time):
    at_time(THEN)
    with ThreadPoolExecutor(1) as thread:
        assert thread.submit(utc_now).result() > THEN + timedelta(days=1)


def test_what_was_given_no_clock_of_its_own_and_what_is_stored_go_by_it(store, answers, at_time):
    at_time(THEN)
    assert Events(store, "course").clock() == THEN
    answers.save("p-amina", "map", [Edit("edit-0001", "need", "x")])
    answers.submit("p-amina", "map", "hand-in-1", "v1")
    assert answers.history("p-amina", "map")[0].received_at == THEN
    assert answers.submissions("map")[0].at == THEN


def test_a_time_that_says_no_zone_is_not_stored(store):
    with pytest.raises(sa.exc.StatementError, match="a time without a time zone"), store.write() as session:
        session.get(PersonRow, "p-amina").created_at = THEN.replace(tzinfo=None)


def test_a_time_of_another_zone_is_stored_as_the_same_moment(store):
    with store.write() as session:
        session.get(PersonRow, "p-amina").created_at = THEN.astimezone(timezone(timedelta(hours=8)))
    with store.session() as session:
        found = session.get(PersonRow, "p-amina").created_at
    assert (found, found.utcoffset()) == (THEN, timedelta(0))
