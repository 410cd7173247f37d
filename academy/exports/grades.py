"""Results as files for other programs: CSV, XLSX and JSON. No cell of them runs as a formula."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping, Sequence
from typing import Any

from academy.course import Course
from academy.desk.people import Cohort
from academy.desk.results import Result
from academy.i18n import Translator
from academy.people import Private
from academy.people.links import links_csv

__all__ = ["completion_rows", "grade_rows", "grades_csv", "grades_json", "grades_xlsx"]

HEAD = (
    "person",
    "exercise",
    "submission",
    "at",
    "automatic",
    "manual",
    "score",
    "max",
    "state",
    "late",
    "team",
)
NAMES = ("name", "email")

Rows = list[list[Any]]


def grade_rows(
    found: Sequence[Result], private: Mapping[str, Private] | None = None, *, feedback: bool = True
) -> tuple[list[str], Rows]:
    """Return headings and rows; with `private` data each person's full name and e-mail address stand in front."""
    head = [HEAD[0], *(NAMES if private is not None else ()), *HEAD[1:], *(["feedback"] if feedback else [])]
    rows = []
    for one in found:
        who: list[object] = [one.person]
        if private is not None:
            known = private.get(one.person, Private())
            who += [known.full_name or "", known.email or ""]
        at = one.at.isoformat(timespec="seconds") if one.at else ""
        points = [one.automatic, one.manual, one.score, one.most]
        row = [*who, one.exercise, one.submission, at, *points, one.state, one.late, one.team]
        rows.append([*row, *([one.feedback] if feedback else [])])
    return head, rows


def completion_rows(
    course: Course, cohort: Cohort, private: Mapping[str, Private] | None = None
) -> tuple[list[str], Rows]:
    """Return who has handed in what, and when: a row for each participant, a column for each exercise.

    `complete` says that everything in the weeks of the course is handed in.
    """
    wanted = [name for module in course.modules for name in module.exercises if course.has(name)]
    head = ["person", *(NAMES if private is not None else ()), *wanted, "handed_in", "of", "complete"]
    rows = []
    for line in cohort.lines:
        if line.role != "participant":
            continue
        who: list[object] = [line.id]
        if private is not None:
            known = private.get(line.id, Private())
            who += [known.full_name or "", known.email or ""]
        dates = []
        for name in wanted:
            owner = line.team if line.team and not course.exercise(name).personal else line.id
            one = cohort.standings.get((owner, name))
            dates.append(one.submitted_at.date().isoformat() if one and one.submitted_at else "")
        done = sum(bool(date) for date in dates)
        rows.append([*who, *dates, done, len(wanted), done == len(wanted)])
    return head, rows


def grades_csv(head: Sequence[str], rows: Rows) -> bytes:
    """Return rows as CSV (RFC 4180) that spreadsheets read as UTF-8."""
    return links_csv([[_plain(cell) for cell in row] for row in rows], head).encode("utf-8-sig")


def grades_json(head: Sequence[str], rows: Rows) -> bytes:
    """Return rows as a JSON list of objects."""
    found = [dict(zip(head, row, strict=True)) for row in rows]
    return json.dumps(found, ensure_ascii=False, indent=1).encode()


def grades_xlsx(head: Sequence[str], rows: Rows, title: str, _: Translator = str) -> bytes:
    """Return rows as an Excel workbook. Texts are texts there, whatever they begin with: no formulas, no links."""
    import xlsxwriter

    out = io.BytesIO()
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, {"in_memory": True, **plain}) as book:
        sheet = book.add_worksheet(_sheet_name(title))
        strong = book.add_format({"bold": True})
        sheet.freeze_panes(1, 1)
        for column, text in enumerate(head):
            sheet.write_string(0, column, text, strong)
        for line, row in enumerate(rows, start=1):
            for column, cell in enumerate(row):
                if isinstance(cell, bool):
                    sheet.write_boolean(line, column, cell)
                elif isinstance(cell, int | float):
                    sheet.write_number(line, column, cell)
                elif cell is not None:
                    sheet.write_string(line, column, _printable(str(cell)))
        if rows:
            sheet.autofilter(0, 0, len(rows), len(head) - 1)
        sheet.autofit(300)
    return out.getvalue()


def _plain(cell: object) -> Any:
    return (
        {None: "", True: "yes", False: "no"}.get(cell, cell)
        if cell is None or isinstance(cell, bool)
        else cell
    )


def _printable(text: str) -> str:
    """What a cell of a workbook can hold: 32,767 characters, and no control characters."""
    return "".join(c for c in text if c in "\n\t" or c >= " ")[:32_000]


def _sheet_name(title: str) -> str:
    return "".join(c for c in title if c not in "[]:*?/\\'")[:31] or "Results"
