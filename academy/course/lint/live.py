"""Linter rules for webinars, and for pages that name one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import regex

from academy.course.lint.findings import Fault, instead
from academy.course.model import Course
from academy.course.webinar import LiveActivity

__all__ = ["live_call_faults", "webinar_faults"]

_CALL = regex.compile(r"""\blive\(\s*["']([^"']+)["'](?:\s*,\s*["']([^"']+)["'])?""")


def webinar_faults(course: Course) -> Iterator[Fault]:
    """Find webinars of no module, and activities that can't be answered or show what they should hold."""
    modules = [module.id for module in course.modules]
    for webinar in course.webinars:
        file = webinar.folder / "live.yaml"
        if webinar.module not in modules:
            text = f"the course has no module {webinar.module}{instead(webinar.module, modules)}."
            yield Fault(file, "module", text)
        for activity in webinar.activities:
            for text in _faults(activity):
                yield Fault(file, f"activities.{activity.id}", text)
        if (webinar.folder / "exercise.yaml").is_file():
            yield Fault(file, "the file", "an exercise is in this folder already; give the webinar its own.")


def _faults(activity: LiveActivity) -> Iterator[str]:
    least, most = activity.chooses
    if activity.options and most > len(activity.options):
        yield f"choose asks for {most} of {len(activity.options)} options; write [{least}, {len(activity.options)}]."
    most_options = activity.about.most_options
    if most_options and len(activity.options) > most_options:
        yield f"nobody looks through {len(activity.options)} things at once; take {most_options} at the most."


def live_call_faults(course: Course, file: Path, cell: str, source: str) -> Iterator[Fault]:
    """Find calls of `live(…)` in a cell of a page that name no webinar of the course, or no activity of it."""
    known = {webinar.id: webinar for webinar in course.webinars}
    for name, activity in _CALL.findall(source):
        if name not in known:
            yield Fault(file, cell, f"there is no webinar {name}{instead(name, known)}.")
        elif activity and known[name].activity(activity) is None:
            ids = [item.id for item in known[name].activities]
            text = f"the webinar {name} has no activity {activity}{instead(activity, ids)}."
            yield Fault(file, cell, text)
