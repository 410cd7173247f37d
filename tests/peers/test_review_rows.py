"""One review as a form of its own: its fields alone, and its sending."""

import secrets

import pytest

from academy.peers.rows import RowAnswers
from academy.store import Answers, Edit, open_store
from academy.store.schema import PersonRow


@pytest.fixture
def answers(tmp_path):
    store = open_store(tmp_path / "academy.sqlite")
    with store.write() as session:
        session.add(PersonRow(id="p-amina", display_name="Amina"))
    yield Answers(store, "small")
    store.close()


def save(answers, path, value, base=0):
    return answers.save("p-amina", "reviews", [Edit(secrets.token_hex(6), path, value, base=base)])


def test_a_form_of_a_row_sees_and_changes_its_own_fields_alone(answers):
    row = RowAnswers(answers, "reviews", "r1", lambda key, rev: (key, rev))
    first = save(answers, "reviews/r2/star", "Another review")
    saved = save(row, "star", "Clear")
    assert (saved.current["star"].value, saved.rev > first.rev, len(saved.accepted)) == ("Clear", True, 1)
    later = save(row, "star", "Clearer", base=saved.rev)
    save(answers, "reviews/r10/star", "One whose id begins the same")
    draft = row.draft("p-amina", "reviews")
    assert (draft.values, draft.revs) == ({"star": "Clearer"}, {"star": later.rev})
    assert row.values_at("p-amina", "reviews", saved.rev) == {"star": "Clear"}
    assert [each.value for each in row.history("p-amina", "reviews", "star")] == ["Clear", "Clearer"]
    assert len(row.history("p-amina", "reviews")) == 4
    assert answers.draft("p-amina", "reviews").values["reviews/r1/star"] == "Clearer"


def test_what_somebody_overtook_meanwhile_is_told_by_the_field(answers):
    row = RowAnswers(answers, "reviews", "r1", lambda key, rev: (key, rev))
    base = save(row, "star", "Clear").rev
    rival = answers.save(
        "p-amina", "reviews", [Edit("on-the-phone", "reviews/r1/star", "Short", base=base)], "p"
    )
    saved = save(row, "star", "Clearer", base=base)
    assert saved.overtaken == {"star": "Short"}
    assert saved.rivals == {"star": rival.rev}


def test_a_row_is_sent_and_was_never_handed_in_before(answers):
    row = RowAnswers(answers, "reviews", "r1", lambda key, rev: (key, rev))
    assert row.submit("p-amina", "reviews", "key-1", "v1", rev=7) == ("key-1", 7)
    assert row.submit("p-amina", "reviews", "key-1", "v1") == ("key-1", 0)
    assert row.submitted("p-amina", "reviews", "key-1") is None
    assert (row.submissions("reviews"), row.rows_ever("p-amina", "reviews", "reviews")) == ([], set())
