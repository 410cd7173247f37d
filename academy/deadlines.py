"""Deadlines of modules, and extensions. Being late never locks anything."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from academy.course import Course, Module
from academy.errors import StoreError
from academy.i18n import N_
from academy.progress import Step
from academy.store import Store
from academy.store.events import Events
from academy.store.schema import CourseEvent, utc_now

__all__ = ["Extensions", "Week", "due", "is_over", "this_week", "weeks", "zone_called"]

MOST_DAYS = 60
STILL_PAST = N_(
    "With so few days the end would still be in the past. Please give more, or say in a message until when it may be "
    "handed in: nothing is ever locked."
)


@dataclass(frozen=True)
class Week:
    """A module as a week: when it ends, and how much of it a person still has to do.

    `minutes` are those of the exercises that are not submitted; live sessions are not counted. `late` says that the
    week is over and something of it is still open.
    """

    module: Module
    state: Literal["past", "now", "ahead"]
    ends: datetime | None
    done: int
    of: int
    minutes: int

    @property
    def late(self) -> bool:
        """Whether the week is over and something is still open."""
        return self.state == "past" and self.done < self.of


class Extensions:
    """More days for the weeks of a course, for everybody or for one person."""

    KIND = "extension"

    def __init__(self, store: Store, course: Course, clock: Callable[[], datetime] = utc_now) -> None:
        self.course = course
        self.clock = clock
        self.events = Events(store, course.edition)

    def give(self, module: str, days: int, by: str, person: str | None = None) -> int:
        """Move the end of a module's week; return the extension's number.

        Raises StoreError if it makes no sense, or if the end would still have passed.
        """
        if not 1 <= days <= MOST_DAYS:
            raise StoreError(N_("Please give from 1 to 60 days more."))
        week = next((each for each in self.course.modules if each.id == module), None)
        end = due(self.course, week, self._also(module, days, person)) if week else None
        if end is None:
            raise StoreError(N_("This part of the course has no end that could be moved."))
        if is_over(end, self.clock()):
            raise StoreError(STILL_PAST)
        return self.events.add(self.KIND, by, subject=module, person=person, data={"days": days})

    def _also(self, module: str, days: int, person: str | None) -> dict[str, timedelta]:
        """The time beyond the end with these days: for one person all that they have, for all what everybody has."""
        before = self.of(*([person] if person else [])).get(module, timedelta())
        return {module: before + timedelta(days=days)}

    def take_back(self, extension: int, by: str) -> None:
        """Let an extension hold no more. Raises StoreError if it does not hold."""
        self.events.take_back(self.KIND, extension, by)

    def given(self) -> list[CourseEvent]:
        """Return the extensions that hold, oldest first."""
        return self.events.holding(self.KIND)

    def of(self, *owners: str, given: Iterable[CourseEvent] | None = None) -> dict[str, timedelta]:
        """Return how much more time a person or team has, by module."""
        found: dict[str, timedelta] = {}
        for row in self.given() if given is None else given:
            if row.person_id is None or row.person_id in owners:
                found[row.subject] = found.get(row.subject, timedelta()) + timedelta(days=row.data["days"])
        return found


def due(course: Course, module: Module, more: Mapping[str, timedelta] | None = None) -> datetime | None:
    """Return when a module's week ends: the last minute before the next one, or of the course, in the course's zone.

    `more` is the time that was given beyond that, by module.
    """
    if module.starts is None:
        return None
    starts = sorted(m.starts for m in course.modules if m.starts and m.starts > module.starts)
    end: date = (starts[0] if starts else course.end + timedelta(days=1)) - timedelta(days=1)
    last = min(end, module.starts + timedelta(days=6), course.end)
    last += (more or {}).get(module.id, timedelta())
    return datetime.combine(last, time(23, 59), _zone(course.time_zone)).astimezone(UTC)


def is_over(end: datetime, now: datetime) -> bool:
    """Whether an end has passed: the minute that is shown belongs to the time there was."""
    return now >= end + timedelta(minutes=1)


def weeks(
    course: Course, steps: Iterable[Step], now: datetime, more: Mapping[str, timedelta] | None = None
) -> list[Week]:
    """Return the weeks of a course with what a person has done of each, with `more` time for some."""
    by_id = {step.exercise.id: step for step in steps}
    found = []
    for module in course.modules:
        mine = [by_id[name] for name in module.exercises if name in by_id]
        waiting = [step for step in mine if not step.submission]
        ends = due(course, module, more)
        begins = _midnight(course, module.starts) if module.starts else None
        state: Literal["past", "now", "ahead"] = "now"
        if ends and is_over(ends, now):
            state = "past"
        elif begins and now < begins:
            state = "ahead"
        minutes = sum(step.exercise.minutes for step in waiting)
        found.append(Week(module, state, ends, len(mine) - len(waiting), len(mine), minutes))
    return found


def this_week(found: list[Week], now: datetime) -> Week | None:
    """Return the week that runs now, the newest where several do, or None before and after the course."""
    running = [week for week in found if week.state == "now" and week.ends]
    return running[-1] if running else None


@cache
def _zones() -> dict[str, str]:
    return {name.lower().replace("/", "-"): name for name in available_timezones()}


def zone_called(name: object) -> str | None:
    """Return the time zone of a name, also where it is written as an id (`america-los_angeles`), or None."""
    if not isinstance(name, str):
        return None
    found = _zones().get(name.lower().replace("/", "-"))
    return found or None


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def _midnight(course: Course, day: date) -> datetime:
    return datetime.combine(day, time(), _zone(course.time_zone)).astimezone(UTC)
