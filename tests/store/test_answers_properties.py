"""Laws of the revision store, under any order of arrival."""

import itertools
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from academy.store import Answers, Edit, open_store
from academy.store.rows import merge_rows
from academy.store.schema import PersonRow

counter = itertools.count()
rows = st.lists(st.sampled_from("abcdefgh"), unique=True, max_size=6).map(lambda ids: [f"r{i}" for i in ids])
batches = st.lists(
    st.tuples(
        st.sampled_from(["phone", "laptop"]),
        st.lists(
            st.tuples(
                st.sampled_from(["need", "who", "map/r1/driver"]),
                st.one_of(
                    st.text(max_size=8), st.none(), st.booleans(), st.lists(st.text(max_size=3), max_size=2)
                ),
                st.integers(0, 3_600_000),
            ),
            min_size=1,
            max_size=4,
        ),
    ),
    max_size=6,
)
folder = tempfile.TemporaryDirectory()
store = open_store(Path(folder.name) / "laws.sqlite")


def newcomer():
    person = f"p-{next(counter)}"
    with store.write() as session:
        session.add(PersonRow(id=person, display_name="x"))
    return person


@settings(max_examples=60)
@given(batches, st.data())
def test_nothing_acknowledged_is_ever_lost(plan, data):
    answers, person, sent = Answers(store, "c"), newcomer(), []
    for place, (device, changes) in enumerate(plan):
        edits = [
            Edit(f"{place:04}-{i:04}", path, value, age_ms) for i, (path, value, age_ms) in enumerate(changes)
        ]
        for _ in range(data.draw(st.integers(1, 2))):  # the page sends again what it got no answer to
            saved = answers.save(person, "e", edits, device)
            assert saved.accepted == [item.id for item in edits]
        sent += edits
    history = answers.history(person, "e")
    assert [(row.edit_id, row.path, row.value) for row in history] == [(e.id, e.path, e.value) for e in sent]
    newest = {row.path: row.value for row in sorted(history, key=lambda row: (row.edited_at, row.id))}
    assert answers.draft(person, "e").values == newest
    assert answers.values_at(person, "e", history[-1].id if history else 0) == newest


@given(rows, rows, rows)
def test_merged_rows_keep_every_addition_and_every_removal(base, theirs, ours):
    merged = merge_rows(base, theirs, ours)
    assert len(merged) == len(set(merged))
    added = (set(theirs) | set(ours)) - set(base)
    removed = set(base) - (set(theirs) & set(ours))
    assert set(merged) == (set(base) - removed) | added


@given(rows, rows)
def test_merging_with_somebody_who_changed_nothing_changes_nothing(base, ours):
    assert merge_rows(base, base, ours) == ours
