"""Maps columns of a roster: by heading, else by content, else said not to be used."""

from __future__ import annotations

from collections.abc import Callable

from academy.errors import PeopleError
from academy.i18n import Translator
from academy.people.addresses import clean_email
from academy.people.roster.words import HEADINGS, title

__all__ = ["columns_of"]

_MOODLE_ORDER = ("first", "last", "email", "groups")


def columns_of(heading: list[str], rows: list[list[str]], notes: list[str], _: Translator) -> dict[str, int]:
    """Return where each column is, and add to `notes` what was guessed and what is not used.

    Raises PeopleError, naming the columns, where it is not clear which of them hold the names.
    """
    found = _by_heading(heading)
    if not found and any(clean_email(cell) for cell in heading):
        raise PeopleError(
            _(
                "The first line must hold the headings, for example: name,email,role. Add that line and import again."
            )
        )
    if "email" not in found:
        _find_addresses(found, heading, rows, notes, _)
    if not _is_named(found):
        _take_moodles_order(found, heading, notes, _)
    _settle_name(found, rows)
    meaning = "last" if "first" in found else "first" if "last" in found else "name"
    if "either" in found:
        found.setdefault(meaning, found.pop("either"))
    _settle_family_name(found, heading, rows, _)
    left = [place for place in _unused(found, heading) if any(_cell(row, place) for row in rows)]
    if left:
        names = ", ".join(_name(heading, place) for place in left)
        notes.append(_("These columns are not used: {columns}.").format(columns=names))
    return found


def _by_heading(heading: list[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for place, cell in enumerate(heading):
        if column := HEADINGS.get(title(cell)):
            found.setdefault(column, place)
    return found


def _find_addresses(
    found: dict[str, int], heading: list[str], rows: list[list[str]], notes: list[str], _: Translator
) -> None:
    """Take the column in which there are addresses and nothing else."""
    places = [place for place in _unused(found, heading) if _all(rows, place, lambda c: bool(clean_email(c)))]
    if len(places) > 1:
        names = ", ".join(_name(heading, place) for place in places)
        raise PeopleError(
            _("Several columns hold e-mail addresses: {columns}. Call the right one email.").format(
                columns=names
            )
        )
    if places:
        found["email"] = places[0]
        if _is_named(found):
            said = _("The column “{column}” is read as the e-mail address.")
            notes.append(said.format(column=_name(heading, places[0])))


def _take_moodles_order(found: dict[str, int], heading: list[str], notes: list[str], _: Translator) -> None:
    """Where no heading says what the names are: first name and last name before the address, as Moodle writes them."""
    free = _unused(found, heading)
    if found.get("email") == 2 and {0, 1} <= set(free):
        found |= {"first": 0, "last": 1}
        if 3 in free and "groups" not in found:
            found["groups"] = 3
        notes.append(_("The headings are not known; read as first name, last name, e-mail address, groups."))
        return
    raise PeopleError(
        _(
            "The headings of this file are not known: {headings}. Use Moodle's participants export, or the headings "
            "name,email,role."
        ).format(headings=", ".join(_name(heading, place) for place in free[:8]))
    )


def _settle_name(found: dict[str, int], rows: list[list[str]]) -> None:
    """Beside a first name, “name” is the family name (Vorname, Name), unless whole names stand there; and the same
    beside a family name."""
    halves = {"first", "last"} & set(found)
    if "name" not in found or len(halves) != 1:
        return
    half = halves.pop()
    pairs = [(_cell(row, found["name"]), _cell(row, found[half])) for row in rows]
    if pairs and all(set(title(part).split()) <= set(title(whole).split()) for whole, part in pairs if whole):
        del found[half]
    else:
        found["last" if half == "first" else "first"] = found.pop("name")


def _settle_family_name(
    found: dict[str, int], heading: list[str], rows: list[list[str]], _: Translator
) -> None:
    """Nobody is added under half their name because a heading was not known."""
    half: str | None = next((column for column in ("first", "last") if column in found), None)
    if "name" in found and HEADINGS[title(heading[found["name"]])] == "either":
        half = "name"
    if half is None or {"first", "last"} <= set(found):
        return
    place = found[half]
    beside = [
        other
        for other in (place - 1, place + 1)
        if other in _unused(found, heading) and _all(rows, other, _is_word)
    ]
    if beside:
        raise PeopleError(
            _(
                "The columns {columns} are not known. If one holds the other half of the names, call it “first name” "
                "or “last name”. If “{column}” holds whole names, call that “full name”."
            ).format(
                columns=", ".join(f"“{_name(heading, other)}”" for other in beside),
                column=_name(heading, place),
            )
        )


def _is_named(found: dict[str, int]) -> bool:
    return any(column in found for column in ("name", "first", "last", "either"))


def _is_word(cell: str) -> bool:
    """Whether this could be a part of somebody's name."""
    return any(char.isalpha() for char in cell) and not any(char.isdigit() or char == "@" for char in cell)


def _all(rows: list[list[str]], place: int, holds: Callable[[str], bool]) -> bool:
    """Whether something stands in a column, and everything there is of a kind."""
    cells = [cell for row in rows if (cell := _cell(row, place))]
    return bool(cells) and all(holds(cell) for cell in cells)


def _unused(found: dict[str, int], heading: list[str]) -> list[int]:
    return [place for place in range(len(heading)) if place not in found.values()]


def _cell(row: list[str], place: int) -> str:
    return row[place].strip() if place < len(row) else ""


def _name(heading: list[str], place: int) -> str:
    """A heading as it is told, or the number of a column that has none."""
    return heading[place].strip()[:40] or str(place + 1)
