"""Moodle's own grade files, filled: the export of its gradebook, or the grading worksheet of one assignment.

Whose row is whose is told by the e-mail address, or by another column and a list that says which pseudonym it means.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from academy.course import Course, load_course
from academy.desk.results import Result
from academy.errors import PeopleError
from academy.i18n import Translator
from academy.numbers import machine_number as number
from academy.people.links import csv_safe
from academy.people.records import clean_email
from academy.people.roster_file import HEADINGS, read_cells, title

__all__ = ["Filled", "MoodleFile", "people_by_email", "people_by_list"]

NOT_POINTS = re.compile(r"\((?:percentage|letter|feedback)\)\s*$", re.IGNORECASE)
GRADE, MOST, FEEDBACK, CHANGEABLE = "grade", "maximum grade", "feedback comments", "grade can be changed"
"""Headings of the worksheet."""
EMPTY = ("", "-")
ID_NUMBER = "id number"


@dataclass
class Filled:
    """What was written, and what was not and why. Lines are those of the file."""

    written: int = 0
    same: int = 0
    kept: list[int] = field(default_factory=list)
    locked: list[int] = field(default_factory=list)
    unknown: int = 0
    unfinished: int = 0


class MoodleFile:
    """A grade file of Moodle. Raises PeopleError if it is none, or if it is not clear what belongs where."""

    def __init__(self, content: bytes, _: Translator, match: str | None = None) -> None:
        self._ = _
        self.rows, self.separator = read_cells(content, _)
        self.head = self.rows[0]
        titles = [title(cell) for cell in self.head]
        self.titles = titles
        if match is not None:
            if title(match) not in titles:
                raise PeopleError(
                    _("There is no column {name} in Moodle's file. It has: {columns}.").format(
                        name=match, columns=", ".join(self.head[:12])
                    )
                )
            self.key = titles.index(title(match))
        else:
            self.key = next((n for n, name in enumerate(titles) if HEADINGS.get(name) == "email"), -1)
        if self.key < 0:
            raise PeopleError(
                _(
                    "There is no column with e-mail addresses in Moodle's file. Export it with them, or name the "
                    "column that tells people apart with --match, and say whose it is with --people."
                )
            )

    @property
    def worksheet(self) -> bool:
        """Whether it is the worksheet of one assignment."""
        return GRADE in self.titles and FEEDBACK in self.titles

    def columns(self, course: Course, exercise: str | None) -> dict[str, int]:
        """Return the column of points of each exercise that the file has, by the titles in all languages.

        Raises PeopleError if none is found, or two are alike.
        """
        _ = self._
        if self.worksheet:
            if exercise is None:
                raise PeopleError(
                    _("This is the worksheet of one assignment. Say which exercise it is with --exercise.")
                )
            return {exercise: self.titles.index(GRADE)}
        found: dict[str, int] = {}
        names = _titles(course)
        for place, heading in enumerate(self.head):
            plain = title(heading)
            if NOT_POINTS.search(heading):
                continue
            fits = [e for e, said in names.items() if any(_is_called(plain, name) for name in said)]
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
                    "No column of Moodle's file has the title of an exercise. Call the activities in Moodle as the "
                    "exercises are called here, and export again."
                )
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
        most points differ and are not to be scaled.
        """
        said = Filled()
        by_person = {(one.person, one.exercise): one for one in found}
        comma = self._comma(columns.values())
        for line, row in enumerate(self.rows[1:], start=2):
            row.extend([""] * (len(self.head) - len(row)))
            person = people.get(_key(row[self.key]))
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
                self._write(row, line, place, text.replace(".", ",") if comma else text, said, overwrite)
                if feedback and one.feedback and number(row[place]) == number(text):
                    self._comment(row, place, one.feedback, overwrite)
        return said

    def _write(self, row: list[str], line: int, place: int, text: str, said: Filled, overwrite: bool) -> None:
        there = row[place].strip()
        if there not in EMPTY and number(there) == number(text):
            said.same += 1
        elif self._cell(row, CHANGEABLE).casefold() == "no":
            said.locked.append(line)
        elif there in EMPTY or overwrite:
            row[place] = text
            said.written += 1
        else:
            said.kept.append(line)

    def _comment(self, row: list[str], place: int, text: str, overwrite: bool) -> None:
        where = self._feedback_place(place)
        if where is not None and (row[where].strip() in EMPTY or overwrite):
            row[where] = text

    def _feedback_place(self, place: int) -> int | None:
        if self.worksheet:
            return self.titles.index(FEEDBACK)
        stem = re.sub(r"\s*\([^()]*\)\s*$", "", self.head[place])
        return next((n for n, name in enumerate(self.head) if name.strip() == f"{stem} (Feedback)"), None)

    def _points(self, one: Result, row: Sequence[str], scale: bool) -> float:
        assert one.score is not None
        most = number(self._cell(row, MOST))
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

    def _cell(self, row: Sequence[str], name: str) -> str:
        return row[self.titles.index(name)].strip() if name in self.titles else ""

    def _comma(self, places: Iterable[int]) -> bool:
        """Whether the file writes its numbers with a comma."""
        looked_at = [*places, *([self.titles.index(MOST)] if MOST in self.titles else [])]
        return any(
            re.fullmatch(r"\d+,\d+", row[n].strip())
            for row in self.rows[1:]
            for n in looked_at
            if n < len(row)
        )

    def content(self) -> bytes:
        """Return the file as Moodle takes it back. Texts that could start a formula get an apostrophe before them."""
        out = io.StringIO(newline="")
        writer = csv.writer(out, delimiter=self.separator)
        writer.writerow(self.head)
        for row in self.rows[1:]:
            writer.writerow([cell if n == self.key else _safe(cell) for n, cell in enumerate(row)])
        return out.getvalue().encode()


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
    """Whether `assignment context map real` is about `context map`: with nothing but Moodle's own words around it."""
    return bool(
        re.fullmatch(
            rf"(?:\w+ ){{0,2}}{re.escape(name)}(?: (?:real|points|reel|valor|pontos|حقيقي))?", heading
        )
    )


def _key(text: str) -> str:
    return clean_email(text) or " ".join(text.split()).casefold()


def _safe(cell: str) -> str:
    """A lone dash is Moodle's sign for "no grade", and a negative number is a number."""
    return cell if cell.strip() in EMPTY or number(cell) is not None else csv_safe(cell)
