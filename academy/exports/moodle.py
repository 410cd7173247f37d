"""Fills Moodle's own grade files: the gradebook export, or the grading worksheet of one assignment.

Whose row is whose is told by the e-mail address, or by another column and a list that says which pseudonym it means.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from academy.course import Course, load_course
from academy.desk.results import Result
from academy.errors import PeopleError
from academy.exports.machine_csv import CsvRow, MachineFile
from academy.exports.moodle_words import is_changeable, is_feedback, is_most, kind_of, says_no
from academy.i18n import Translator
from academy.numbers import machine_number as number
from academy.people.records import clean_email
from academy.people.roster.file import HEADINGS, read_cells, title

__all__ = ["Filled", "MoodleFile", "people_by_email", "people_by_list"]

EMPTY = ("", "-")


@dataclass
class Filled:
    """What was written, and what was not and why. Lines are those of the file."""

    written: int = 0
    same: int = 0
    kept: list[int] = field(default_factory=list)
    locked: list[int] = field(default_factory=list)
    unknown: int = 0
    unfinished: int = 0
    wordless: int = 0
    """Grades whose feedback has no column to go to."""


class MoodleFile:
    """A grade file of Moodle. Raises PeopleError if it is none, or if it is not clear what belongs where.

    `match` names the column that tells people apart; `points` and `words` those of points and feedback, where Moodle's
    own headings are not known.
    """

    def __init__(
        self,
        content: bytes,
        _: Translator,
        match: str | None = None,
        *,
        points: str | None = None,
        words: str | None = None,
    ) -> None:
        self._ = _
        self.file = MachineFile(content, _)
        self.head, self.separator = self.file.head, self.file.separator
        self.titles = [title(cell) for cell in self.head]
        self.key = self._addresses() if match is None else self._named(match)
        self._points_by_hand = None if points is None else self._named(points)
        self._words_by_hand = None if words is None else self._named(words)
        self.most, self.changeable = self._most_and_changeable()
        if self.key < 0:
            raise PeopleError(
                _(
                    "There is no column with e-mail addresses in Moodle's file. Export it with them, or name the "
                    "column that tells people apart with --match, and say whose it is with --people."
                )
            )

    def _addresses(self) -> int:
        """The column of e-mail addresses: by its heading, else the only one with addresses and nothing else."""
        if known := [n for n, name in enumerate(self.titles) if HEADINGS.get(name) == "email"]:
            return known[0]
        cells = [[cell for row in self.file.rows if (cell := row.cell(n))] for n in range(len(self.head))]
        found = [n for n, there in enumerate(cells) if there and all(map(clean_email, there))]
        return found[0] if len(found) == 1 else -1

    def _most_and_changeable(self) -> tuple[int, int]:
        """The two columns of a worksheet that stand beside each other, so that one of them shows where the other is."""
        most = next((n for n, name in enumerate(self.head) if n > 1 and is_most(name)), -1)
        changeable = next((n for n, name in enumerate(self.head) if is_changeable(name)), -1)
        if most < 0 and changeable > 2 and "(" not in self.head[changeable]:
            most = changeable - 1
        if changeable < 0 and 0 < most < len(self.head) - 1:
            changeable = most + 1
        return most, changeable

    def _named(self, name: str) -> int:
        if title(name) in self.titles:
            return self.titles.index(title(name))
        raise PeopleError(
            self._("There is no column {name} in Moodle's file. It has: {columns}.").format(
                name=name, columns=", ".join(self.head[:12])
            )
        )

    @property
    def worksheet(self) -> bool:
        """Whether it is the worksheet of one assignment: its grade stands before the most that there is."""
        return self.most > 0 and "(" not in self.head[self.most]

    def columns(self, course: Course, exercise: str | None) -> dict[str, int]:
        """Return the column of points of each exercise that the file has, by the titles in all languages.

        Raises PeopleError if none is found, or two are alike.
        """
        _ = self._
        if self.worksheet or self._points_by_hand is not None:
            if exercise is None:
                raise PeopleError(
                    _("This is the worksheet of one assignment. Say which exercise it is with --exercise.")
                    if self.worksheet
                    else _("Say with --exercise which exercise the column of --points is for.")
                )
            return {exercise: self.most - 1 if self._points_by_hand is None else self._points_by_hand}
        found: dict[str, int] = {}
        names = _titles(course)
        for place, heading in enumerate(self.head):
            bare, kind = kind_of(heading)
            if kind not in ("", "points"):
                continue
            plain = {title(heading), title(bare)}
            fits = [
                e for e, said in names.items() if any(_is_called(p, name) for p in plain for name in said)
            ]
            for each in fits:
                if exercise in (None, each):
                    if each in found:
                        raise PeopleError(
                            _(
                                "Two columns of Moodle's file could be {exercise}: {columns}. Take one out."
                            ).format(exercise=each, columns=f"{self.head[found[each]]}, {heading}")
                        )
                    found[each] = place
        if not found:
            raise PeopleError(
                _(
                    "No column of Moodle's file has the title of an exercise. It has: {columns}. Call the activities "
                    "in Moodle as the exercises are called here and export again, or name the column with --exercise "
                    "and --points."
                ).format(columns=", ".join(self.head[:12]))
            )
        return found

    def fill(
        self,
        found: Iterable[Result],
        people: Mapping[str, str],
        columns: Mapping[str, int],
        *,
        overwrite: bool = False,
        feedback: bool = True,
        scale: bool = False,
    ) -> Filled:
        """Write points into the rows of people, and feedback beside them, never without.

        What Moodle has already and is another grade stays, unless it is to be overwritten. Raises PeopleError if the
        most points differ and are not to be scaled, or if Moodle grades with words.
        """
        said = Filled()
        by_person = {(one.person, one.exercise): one for one in found}
        self._refuse_scales(columns.values())
        comma = self._comma(columns.values())
        for row in self.file.rows:
            person = people.get(_key(row.cell(self.key)))
            if person is None:
                said.unknown += 1
                continue
            for exercise, place in columns.items():
                one = by_person.get((person, exercise))
                if one is None:
                    continue
                if not one.whole or one.score is None:
                    said.unfinished += 1
                    continue
                points = self._points(one, row, scale)
                text = f"{points:.2f}".rstrip("0").rstrip(".")
                self._write(row, place, text.replace(".", ",") if comma else text, said, overwrite)
                if feedback and one.feedback and number(row.cell(place)) == number(text):
                    self._comment(row, place, one.feedback, said, overwrite)
        return said

    def _write(self, row: CsvRow, place: int, text: str, said: Filled, overwrite: bool) -> None:
        there = row.cell(place)
        if there not in EMPTY and number(there) == number(text):
            said.same += 1
        elif self.worksheet and says_no(row.cell(self.changeable)):
            said.locked.append(row.line)
        elif there in EMPTY or overwrite:
            self.file.put(row, place, text)
            said.written += 1
        else:
            said.kept.append(row.line)

    def _comment(self, row: CsvRow, place: int, text: str, said: Filled, overwrite: bool) -> None:
        where = self._feedback_place(place)
        if where is None:
            said.wordless += 1
        elif row.cell(where) in EMPTY or overwrite:
            self.file.put(row, where, text)

    def _feedback_place(self, place: int) -> int | None:
        if self._words_by_hand is not None:
            return self._words_by_hand
        if self.worksheet:
            after = range(max(place, self.most, self.changeable) + 1, len(self.head))
            return next((n for n in after if is_feedback(self.head[n])), None)
        stem = kind_of(self.head[place])[0]
        return next((n for n, name in enumerate(self.head) if kind_of(name) == (stem, "feedback")), None)

    def _refuse_scales(self, places: Iterable[int]) -> None:
        """Raise PeopleError where grades, or the most there is, are words."""
        looked_at = [*places, *([self.most] if self.worksheet else [])]
        for row in self.file.rows:
            for cell in (row.cell(place) for place in looked_at):
                if cell not in EMPTY and not _is_figure(cell):
                    raise self._scale(row, cell)

    def _scale(self, row: CsvRow, word: str) -> PeopleError:
        return PeopleError(
            self._(
                "Line {line}: Moodle grades this with words ({word}), and points can't be written there. Set the grade "
                "type of the assignment in Moodle to points, and export again."
            ).format(line=row.line, word=word[:60] or "-")
        )

    def _points(self, one: Result, row: CsvRow, scale: bool) -> float:
        assert one.score is not None
        most = number(row.cell(self.most)) if self.worksheet else None
        if self.worksheet and most is None and len(row.cells) > self.most:
            raise self._scale(row, row.cell(self.most))
        if not most or not one.most or abs(most - one.most) < 0.005:
            return one.score
        if not scale:
            raise PeopleError(
                self._(
                    "{exercise} has {ours:g} points here and {theirs:g} in Moodle. Set the maximum grade in Moodle to "
                    "{ours:g} and export again, or say --scale."
                ).format(exercise=one.exercise, ours=one.most, theirs=most)
            )
        return one.score * most / one.most

    def _comma(self, places: Iterable[int]) -> bool:
        """Whether the file writes its numbers with a comma."""
        looked_at = [*places, *([self.most] if self.worksheet else [])]
        return any(re.fullmatch(r"\d+,\d+", row.cell(n)) for row in self.file.rows for n in looked_at)

    def content(self) -> bytes:
        """Return the file as Moodle takes it back: what was not filled in here is there byte for byte."""
        return self.file.content()


def people_by_email(emails: Mapping[str, str | None]) -> dict[str, str]:
    """Return people by what Moodle's file has of them, from the e-mail addresses of the roster."""
    return {email: person for person, email in emails.items() if email}


def people_by_list(content: bytes, known: Iterable[str], _: Translator) -> dict[str, str]:
    """Return people by a list that has their pseudonym and, in its other column, what Moodle calls them.

    Raises PeopleError if it has no pseudonyms, unknown ones, or one name for two people.
    """
    rows, _separator = read_cells(content, _)
    there = set(known)
    columns = range(len(rows[0]))
    place = next((n for n in columns if any(row[n].strip() in there for row in rows if n < len(row))), None)
    if place is None or len(rows[0]) != 2:
        raise PeopleError(
            _(
                "The list of people must have two columns: the id, such as p-7k3m9q, and what Moodle has of the person."
            )
        )
    found: dict[str, str] = {}
    for row in rows:
        person = row[place].strip()
        if person not in there or len(row) < 2:
            continue
        name = _key(row[1 - place])
        if found.get(name, person) != person:
            raise PeopleError(
                _("{name} stands for two people in the list of people.").format(name=row[1 - place])
            )
        found[name] = person
    return found


def _titles(course: Course) -> dict[str, set[str]]:
    """What each exercise is called, in every language of the course, and its id."""
    names: dict[str, set[str]] = {exercise.id: {title(exercise.id)} for exercise in course.exercises}
    for language in course.languages:
        for exercise in load_course(course.folder, language).exercises:
            names[exercise.id].add(title(exercise.title))
    return names


def _is_called(heading: str, name: str) -> bool:
    """Whether `assignment context map` is about `context map`: with nothing but Moodle's own words before it."""
    return bool(re.fullmatch(rf"(?:\w+ ){{0,2}}{re.escape(name)}", heading))


def _is_figure(cell: str) -> bool:
    """Whether a cell is a number, or one that no grade can be (`NaN`), and no word."""
    try:
        float(cell.replace(",", "."))
    except ValueError:
        return number(cell) is not None
    return True


def _key(text: str) -> str:
    return clean_email(text) or " ".join(text.split()).casefold()
