"""How much one person may write in a minute."""

from datetime import timedelta

import pytest

from academy.errors import StoreError
from academy.store import Answers, Edit, quota
from academy.store.schema import utc_now

AMINA, BAO = "p-amina", "p-bao"
MOST_EDITS = 40


def edits(count, start=0):
    return [Edit(f"edit-{number:06}", "need", str(number)) for number in range(start, start + count)]


@pytest.fixture
def minute(monkeypatch, at_time):
    now = [utc_now().replace(second=0)]
    at_time(lambda: now[0])
    assert quota.MOST_EDITS >= 10 * 500  # ten whole outboxes of a phone
    monkeypatch.setattr(quota, "MOST_EDITS", MOST_EDITS)
    return now


def test_one_edit_too_many_in_a_minute_is_refused_whole_and_others_are_not_concerned(answers, minute):
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


def test_what_is_written_for_a_team_counts_for_who_writes_it(store, minute):
    for_team = Answers(store, "course", author=AMINA)
    for_team.save(BAO, "map", edits(MOST_EDITS))
    with pytest.raises(StoreError, match="wait a minute"):
        for_team.save(AMINA, "map", edits(1, MOST_EDITS))
    Answers(store, "course", author=BAO).save(BAO, "map", edits(1, MOST_EDITS))


def test_handing_in_counts_too_and_a_hundred_times_in_a_minute_is_more_than_anybody_does(
    answers, minute, monkeypatch
):
    assert quota.ACT_EDITS * 100 == 6_000, "and the exercises of a course are less than forty"
    monkeypatch.setattr(quota, "MOST_EDITS", 2 * quota.ACT_EDITS)
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
