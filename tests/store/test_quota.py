"""How much one person may write in a minute."""

import contextlib
from datetime import timedelta

import pytest

from academy.errors import StoreError
from academy.store import Answers, Edit, open_store
from academy.store.quota import ACT_EDITS, QUOTA, Quota
from academy.store.schema import utc_now
from tests.support.databases import url_of

AMINA, BAO = "p-amina", "p-bao"
MOST_EDITS = 40


def edits(count, start=0):
    return [Edit(f"edit-{number:06}", "need", str(number)) for number in range(start, start + count)]


@pytest.fixture
def minute(at_time):
    now = [utc_now().replace(second=0)]
    at_time(lambda: now[0])
    return now


@pytest.fixture
def few(store):
    """Stores of the same database that take so many edits in a minute: `few(40)`."""
    with contextlib.ExitStack() as stack:

        def opened(edits):
            made = open_store(url_of(store), quota=Quota(edits=edits))
            stack.callback(made.close)
            return made

        yield opened


def test_ten_whole_outboxes_of_a_phone_are_not_too_much():
    assert QUOTA.edits >= 10 * 500


def test_one_edit_too_many_in_a_minute_is_refused_whole_and_others_are_not_concerned(few, minute):
    answers = Answers(few(MOST_EDITS), "course")
    answers.save(AMINA, "map", edits(MOST_EDITS - 1))
    with pytest.raises(StoreError, match="wait a minute"):
        answers.save(AMINA, "map", edits(2, MOST_EDITS))
    answers.save(AMINA, "map", edits(1, MOST_EDITS))
    answers.save(AMINA, "map", edits(20))  # came before: nothing is written
    answers.save(BAO, "map", edits(10))
    minute[0] += timedelta(seconds=59)
    with pytest.raises(StoreError, match="wait a minute"):
        answers.save(AMINA, "map", edits(1, 2 * MOST_EDITS))
    minute[0] += timedelta(seconds=1)
    answers.save(AMINA, "map", edits(1, 2 * MOST_EDITS))
    assert answers.draft(AMINA, "map").values == {"need": str(2 * MOST_EDITS)}


def test_what_is_written_for_a_team_counts_for_who_writes_it(few, minute):
    store = few(MOST_EDITS)
    for_team = Answers(store, "course", author=AMINA)
    for_team.save(BAO, "map", edits(MOST_EDITS))
    with pytest.raises(StoreError, match="wait a minute"):
        for_team.save(AMINA, "map", edits(1, MOST_EDITS))
    Answers(store, "course", author=BAO).save(BAO, "map", edits(1, MOST_EDITS))


def test_handing_in_counts_too_and_a_hundred_times_in_a_minute_is_more_than_anybody_does(few, minute):
    assert QUOTA.edits == ACT_EDITS * 100, "and the exercises of a course are less than forty"
    answers = Answers(few(2 * ACT_EDITS), "course")
    for number in (1, 2):
        assert answers.submit(AMINA, "map", f"hand-in-{number}", "v1").number == number
    with pytest.raises(StoreError, match="wait a minute"):
        answers.submit(AMINA, "map", "hand-in-3", "v1")
    assert answers.submit(AMINA, "map", "hand-in-2", "v1").number == 2  # came before: nothing is written
    assert answers.submit(BAO, "map", "hand-in-1", "v1").number == 1
    minute[0] += timedelta(minutes=1)
    assert answers.submit(AMINA, "map", "hand-in-3", "v1").number == 3


def test_rows_are_known_that_were_in_a_list_or_have_cells_from_before(answers):
    answers.save(AMINA, "map", [Edit("edit-list-1", "map", ["ra", "rb"]), Edit("edit-list-2", "map", ["rb"])])
    answers.save(
        AMINA, "map", [Edit("edit-cell-1", "map/rold/what", "x"), Edit("edit-cell-2", "maps/rno/what", "x")]
    )
    assert answers.rows_ever(AMINA, "map", "map") == {"ra", "rb", "rold"}
    assert answers.rows_ever(BAO, "map", "map") == set()
