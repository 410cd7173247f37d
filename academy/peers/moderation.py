"""Acts of facilitators in a round: each is one step, and a line in the log."""

from __future__ import annotations

from datetime import timedelta

from academy.errors import StoreError
from academy.i18n import N_
from academy.peers.round_records import RoundRecord
from academy.store.review_states import DONE, HIDDEN, LEASED, RETURNED
from academy.store.schema import ReviewRow

__all__ = ["extend", "hide", "notes", "nudge", "return_to_writer", "show"]

LONGEST_NOTE = 500
MOST_DAYS = 60


def hide(book: RoundRecord, key: str, by: str, note: str = "") -> None:
    """Take a review from its author's eyes; the author's place is free for another one."""
    _move(book, key, (DONE, RETURNED), HIDDEN, "hidden", by, note)


def show(book: RoundRecord, key: str, by: str) -> None:
    """Show a hidden review again."""
    _move(book, key, (HIDDEN,), DONE, "shown", by, "")


def return_to_writer(book: RoundRecord, key: str, by: str, note: str) -> None:
    """Ask a reviewer to write again; until then the author does not see the review."""
    _move(book, key, (DONE,), RETURNED, "returned", by, note)


def extend(book: RoundRecord, days: int, by: str, person: str | None = None) -> None:
    """Give one person, or everybody, more days: for the work in hand, and until feedback opens."""
    if not 1 <= days <= MOST_DAYS:
        raise StoreError(N_("Please give from 1 to 60 days more."))
    with book.store.write() as session:
        query = book.rows().where(ReviewRow.state == LEASED)
        if person is not None:
            query = query.where(ReviewRow.reviewer_id == person)
        for row in session.scalars(query):
            row.lease_until += timedelta(days=days)
        book.log(session, "extended", by, data={"days": days}, person=person)


def nudge(book: RoundRecord, person: str, by: str, note: str = "") -> None:
    """Leave a friendly line on a person's home page until they have sent their next review."""
    with book.store.write() as session:
        book.log(session, "nudged", by, data={"note": note[:LONGEST_NOTE]}, person=person)


def notes(book: RoundRecord, key: str) -> list[str]:
    """Return what facilitators wrote to the reviewer when they returned a review, oldest first."""
    with book.store.session() as session:
        events = list(session.scalars(book.events("returned")))
    return [str(e.data.get("note", "")) for e in events if e.review == key and e.data.get("note")]


def _move(
    book: RoundRecord, key: str, states: tuple[str, ...], to: str, kind: str, by: str, note: str
) -> None:
    with book.store.write() as session:
        row = session.scalar(book.rows().where(ReviewRow.key == key).with_for_update())
        if row is None or row.state not in states:
            raise StoreError(N_("This review has changed meanwhile. Please open the page again."))
        row.state = to
        book.log(session, kind, by, key, {"note": note[:LONGEST_NOTE]} if note else {}, row.reviewer_id)
