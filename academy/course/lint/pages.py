"""Linter rules for pages: their code can run, what they name is there, and every exercise stands on one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from academy.content import is_general
from academy.course.lint.calls import Call, calls, code_faults
from academy.course.lint.findings import Fault, instead
from academy.course.lint.links import link_faults
from academy.course.lint.neighbours import Neighbours
from academy.course.lint.page_source import Page, pages_of
from academy.course.model import Course
from academy.course.refs import find

__all__ = ["page_faults"]

Said = tuple[str, tuple[str | None, ...]]


def page_faults(course: Course) -> Iterator[Fault]:
    """Find what does not work on the pages of a course."""
    pages, beside = pages_of(course), Neighbours(course)
    yield from _modules(course, pages)
    called = {page.file: calls(page) for page in pages}
    wrong: set[Said] = set()
    for page in pages:
        if page.broken:
            yield Fault(page.file, "the file", page.broken)
            continue
        if page.hidden is not None:
            text = f"nobody sees it, because {page.file.name} is the same page; delete one of the two."
            yield Fault(page.hidden, "the file", text)
        broken = [*code_faults(page)]
        for cell, text in broken:
            yield Fault(page.file, cell, text)
        for call in called[page.file]:
            for text in _names(course, call, beside, not is_general(page.name)):
                wrong.add((call.name, call.given))
                yield Fault(page.file, call.cell, text)
        if not broken:
            said = _feedback(called[page.file])
            originals = [other for other in pages if page.language and not other.language]
            said |= {
                name
                for other in originals
                if other.name == page.name
                for name in _feedback(called[other.file])
            }
            yield from _without_feedback(course, page, called[page.file], said)
        yield from link_faults(page, pages)
    yield from _not_translated(pages, called, wrong)
    yield from _on_no_page(course, pages, called)


def _modules(course: Course, pages: list[Page]) -> Iterator[Fault]:
    names = sorted({page.name for page in pages})
    for module in course.modules:
        if module.page and pages and module.page not in names:
            text = f"there is no page {module.page}{instead(module.page, names)}."
            yield Fault(course.folder / "course.yaml", f"modules.{module.id}.page", text)


# -- what a cell names ----------------------------------------------------------------------------------------


def _names(course: Course, call: Call, beside: Neighbours, own: bool) -> Iterator[str]:
    """Say what a call names that is not there. General pages may name what another course has."""
    first, second = (*call.given, None, None)[:2]
    if call.name == "play" and not call.given:
        first = "sample-unit"  # which it plays where nothing is said
    if first is None:
        return
    if call.name in ("exercise", "feedback", "reviews", "play"):
        yield from _exercise(course, call, first, beside, own)
    elif call.name == "live":
        webinars = [webinar.id for webinar in course.webinars]
        if first not in webinars:
            yield from _missing("webinar", first, webinars, beside, own)
        elif second:
            yield from _activity(course, first, second)
    elif call.name in ("beside", "cohort"):
        boards = {a.id: a for webinar in course.webinars for a in webinar.activities}
        if first not in boards and (own or beside.alone):
            yield f"there is no activity {first} in a webinar{instead(first, boards)}."
        elif call.name == "beside" and first in boards and boards[first].kind != "ranking":
            yield f"{first} is no ranking, so there is no order to show. Name an activity of the kind ranking."
        if call.name == "beside" and second:
            yield from _column(course, second, beside, own)


def _exercise(course: Course, call: Call, name: str, beside: Neighbours, own: bool) -> Iterator[str]:
    if not course.has(name):
        yield from _missing("exercise", name, [exercise.id for exercise in course.exercises], beside, own)
        return
    round_ = course.exercise(name).review is not None
    if call.name == "exercise" and round_:
        yield f'{name} is a round of reviews. Write reviews("{name}").'
    elif call.name == "reviews" and not round_:
        yield f'{name} is no round of reviews. Write exercise("{name}").'


def _missing(what: str, name: str, known: list[str], beside: Neighbours, own: bool) -> Iterator[str]:
    if other := beside.having(name):
        if own:
            yield (
                f"the {what} {name} belongs to the course {other}. A course uses its own: copy the folder {name} here, "
                "or name another."
            )
        return
    yield f"there is no {what} {name}{instead(name, known)}."


def _activity(course: Course, name: str, activity: str) -> Iterator[str]:
    webinar = course.webinar(name)
    if webinar and webinar.activity(activity) is None:
        there = [item.id for item in webinar.activities]
        yield f"the webinar {name} has no activity {activity}{instead(activity, there)}."


def _column(course: Course, address: str, beside: Neighbours, own: bool) -> Iterator[str]:
    name, _, rest = address.partition(".")
    if not course.has(name):
        yield from _missing("exercise", name, [exercise.id for exercise in course.exercises], beside, own)
        return
    target = find(None, course.exercise(name), rest) if rest else None
    if target is None or target.column is None:
        yield f"there is no column {address}. Write exercise.table.column."


# -- what a page lacks ----------------------------------------------------------------------------------------


def _feedback(called: list[Call]) -> set[str | None]:
    return {call.given[0] for call in called if call.name == "feedback" and call.given}


def _without_feedback(
    course: Course, page: Page, called: list[Call], said: set[str | None]
) -> Iterator[Fault]:
    """Forms on a module's page, where people are sent to read feedback, without the place for it."""
    home = {name: module.page for module in course.modules for name in module.exercises if course.has(name)}
    if not all(name and course.has(name) for name in said):
        return  # a name is written wrongly, and that is told
    for call in called:
        name = call.given[0] if call.given else None
        if call.name != "exercise" or name is None or home.get(name) != page.name:
            continue
        exercise = course.exercise(name)
        if not exercise.private and exercise.review is None and name not in said:
            text = f'there is no place for the feedback on it; add a cell with feedback("{name}").'
            yield Fault(page.file, call.cell, text)


def _not_translated(pages: list[Page], called: dict[Path, list[Call]], wrong: set[Said]) -> Iterator[Fault]:
    """Translated pages that lack what the original shows."""
    originals = {page.name: page for page in pages if not page.language and not page.broken}
    for page in pages:
        original = originals.get(page.name)
        if not page.language or page.broken or original is None:
            continue
        here = wrong | {(call.name, call.given) for call in called[page.file]}
        for call in called[original.file]:
            if (call.name, call.given) not in here:
                given = ", ".join(f'"{text}"' if text else "…" for text in call.given)
                text = f"{original.file.name} has a cell with {call.name}({given}), which is missing here; add it."
                yield Fault(page.file, "the file", text)


def _on_no_page(course: Course, pages: list[Page], called: dict[Path, list[Call]]) -> Iterator[Fault]:
    """Exercises that nobody could open."""
    if not pages or any(page.broken for page in pages):
        return  # what stands on it is not known
    shown = {
        call.given[0]
        for found in called.values()
        for call in found
        if call.name in ("exercise", "reviews") and call.given
    }
    own = {exercise.id for exercise in course.exercises}
    if not shown & own and not any(module.page for module in course.modules):
        return  # the course has no pages yet
    for module in course.modules:
        for name in module.exercises:
            if name in own - shown:
                word = "reviews" if course.exercise(name).review else "exercise"
                where = f" of {module.page}" if module.page else ""
                text = f'no page shows this exercise; write {word}("{name}") into a cell{where}.'
                yield Fault(course.exercise(name).folder / "exercise.yaml", "id", text)
