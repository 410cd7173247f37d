"""Linter rules for what `course.yaml` says of the whole course: facts, time zone, dates, thresholds, certificate."""

from __future__ import annotations

from collections.abc import Iterator
from zoneinfo import ZoneInfo, available_timezones

from academy.course.lint.findings import Fault, instead
from academy.course.model import Course
from academy.course.refs import find

__all__ = ["THRESHOLDS", "course_faults"]

Found = Iterator[tuple[str, str]]
THRESHOLDS = {
    "week_minutes": "the fewest and the most minutes of a week, such as [300, 360]",
    "small_group": "a number of people, such as 5",
    "stuck_days": "a number of days, such as 3",
}
"""What the kit itself asks for; the checks of a course may ask for more."""


def course_faults(course: Course) -> Iterator[Fault]:
    """Find what a course says of itself and can't mean."""
    file = course.folder / "course.yaml"
    for rule in (_time_zone, _addresses, _dates, _thresholds, _certificate):
        for place, text in rule(course):
            yield Fault(file, place, text)


def _time_zone(course: Course) -> Found:
    try:
        ZoneInfo(course.time_zone)
    except (ValueError, OSError, KeyError):  # KeyError: ZoneInfoNotFoundError
        close = instead(course.time_zone, available_timezones())
        meant = close if "did you mean" in close else "; write region and town, such as Europe/Rome"
        yield "time_zone", f"there is no time zone {course.time_zone}{meant}."


def _addresses(course: Course) -> Found:
    """Fields of exercises where people say something that the course uses."""
    named = [(f"facts.{fact}", address) for fact, address in course.facts.items()]
    named += [(key, getattr(course, key) or "") for key in ("time_zone_of", "contribution_of")]
    for place, address in named:
        exercise, _, path = address.partition(".")
        there = course.has(exercise) and path and find(None, course.exercise(exercise), path)
        if address and not there:
            yield place, f"the course has no field {address}; write exercise.field, such as profile.region."


def _dates(course: Course) -> Found:
    before = None
    for module in course.modules:
        place, starts = f"modules.{module.id}.starts", module.starts
        if starts is None:
            continue
        if not course.start <= starts <= course.end:
            yield (
                place,
                f"the module begins on {starts}, and the course lasts from {course.start} to {course.end}; change "
                "one of these dates.",
            )
        elif before is not None and starts < before:
            yield (
                place,
                f"the module begins on {starts}, before the one above it; change the date, or the order.",
            )
        before = starts


def _thresholds(course: Course) -> Found:
    asked = ""
    for name, value in course.thresholds.items():
        place = f"thresholds.{name}"
        if name not in THRESHOLDS:
            asked = asked or _checks(course)
            if f'"{name}"' not in asked and f"'{name}'" not in asked:
                text = (
                    f"neither the kit nor a check asks for the threshold {name}{instead(name, THRESHOLDS)}."
                )
                yield place, text
        elif isinstance(value, list) != (name == "week_minutes") or (
            isinstance(value, list) and len(value) != 2
        ):
            yield place, f"write {THRESHOLDS[name]}."
        elif isinstance(value, list) and value[0] > value[1]:
            yield place, f"write the smaller number first: [{value[1]:g}, {value[0]:g}]."


def _checks(course: Course) -> str:
    """What the checks of a course say, as they are written."""
    files = sorted(course.folder.glob("*/checks.py"))
    return "\n".join(file.read_text("utf-8", "replace") for file in files) or " "


def _certificate(course: Course) -> Found:
    if course.certificate is None:
        return
    modules, seen = [module.id for module in course.modules], set()
    for rule in course.certificate.rules:
        place = f"certificate.rules.{rule.id}"
        if rule.id in seen:
            yield place, f"the rule {rule.id} is there twice; rename one."
        seen.add(rule.id)
        if rule.module is not None and rule.module not in modules:
            yield f"{place}.module", f"the course has no module {rule.module}{instead(rule.module, modules)}."
        if rule.at_least is None and rule.at_most is None:
            yield place, "the rule asks for nothing; write at_least or at_most with a number."
        elif rule.at_least is not None and rule.at_most is not None and rule.at_least > rule.at_most:
            yield place, f"nobody can have at least {rule.at_least} and at most {rule.at_most}; change one."
