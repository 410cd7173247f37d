"""What came from elsewhere while a page was open: who wrote it, and when."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from academy.i18n import Translator, translator
from academy.offline.handing_in import handed_in_by
from academy.offline.typed import typed_in
from academy.people import person_called
from academy.session import Session
from academy.store import Draft, Submission
from academy.store.values import FROM_FILE, Origin
from academy_widgets.dates import when

__all__ = ["by", "from_paper", "handed_in", "said_by", "since", "unseen"]

Message = dict[str, Any]


def by(session: Session, origin: Origin, device: str) -> Message:
    """Say who made a revision: `name` is empty for the person at the page. Nothing where this browser made it."""
    own = origin.author in (None, session.person_id)
    if own and origin.device == device:
        return {}
    somebody = None if own else person_called(session.store, session.course.edition, str(origin.author))
    return {
        "by": {
            "name": somebody.display_name if somebody else "",
            "file": origin.device.startswith(FROM_FILE),
            "at_text": when(origin.at, session.language, session.time_zone),
        }
    }


def from_paper(session: Session, owner: str, exercise_id: str) -> str:
    """Say who typed answers in from paper, if somebody did."""
    found = typed_in(session.store, session.course.edition, owner, exercise_id)
    if found is None:
        return ""
    name, at = found
    gettext = translator(session.language)
    said = gettext("Answers from paper were typed in by {name} on {when}. Look whether they are yours.")
    return said.format(name=f"\u2068{name}\u2069", when=when(at, session.language, session.time_zone))


def handed_in(session: Session, made: list[Submission]) -> list[Message]:
    """Say of submissions when they were made, and of those that were made from paper for the person by whom."""
    by = handed_in_by(session.store, session.course.edition, made)
    return [
        {
            "number": one.number,
            "at": one.at.isoformat(timespec="seconds"),
            "at_text": when(one.at, session.language, session.time_zone),
        }
        | ({"by_text": _for_you(translator(session.language), by[one.key])} if one.key in by else {})
        for one in made
    ]


def _for_you(gettext: Translator, name: str) -> str:
    if name:
        return gettext("{name} submitted it for you, from paper.").format(name=f"\u2068{name}\u2069")
    return gettext("It was submitted for you, from paper.")


def said_by(gettext: Translator, maker: Message) -> str:
    """Say in a sentence who wrote what stands somewhere now; `maker` is what `by` returns."""
    name, at = maker.get("name", ""), maker.get("at_text", "")
    if not maker:
        return gettext("Changed in another window.")
    if maker["file"]:
        return gettext("Changed by an answers file that was brought in, written {when}.").format(when=at)
    if not name:
        return gettext("Changed on another device, {when}.").format(when=at)
    return gettext("Changed by {name}, {when}.").format(name=f"\u2068{name}\u2069", when=at)


def since(
    session: Session, origins: dict[int, Origin], draft: Draft, paths: Collection[str], device: str
) -> Message:
    """Return what counts now at some paths, each with who wrote it."""
    found: Message = {}
    for path in paths:
        rev = draft.revs[path]
        maker = by(session, origins[rev], device) if rev in origins else {}
        found[path] = {"value": draft.values[path], "rev": rev, **maker}
    return found


def unseen(
    origins: dict[int, Origin], draft: Draft, seen: int, sent: dict[str, tuple[str, object]]
) -> list[str]:
    """Return the paths whose answer the page had not been told of when it sent what is in `sent`.

    `sent` has the id and the value of the page's own edits by path.
    """
    return [
        path
        for path, rev in draft.revs.items()
        if rev > seen
        and not (
            path in sent and (origins[rev].edit_id == sent[path][0] or draft.values[path] == sent[path][1])
        )
    ]
