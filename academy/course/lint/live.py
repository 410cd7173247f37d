"""Linter rules for webinars."""

from __future__ import annotations

from collections.abc import Iterator

from academy.course.lint.findings import Fault, instead
from academy.course.model import Course
from academy.course.webinar import LiveActivity

__all__ = ["webinar_faults"]


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
    yield from _minutes(course)


def _minutes(course: Course) -> Iterator[Fault]:
    """The activities of a module's webinars take the time that the module gives to what is live."""
    for module in course.modules:
        webinars = [webinar for webinar in course.webinars if webinar.module == module.id]
        live = sum(activity.minutes for activity in module.activities if activity.mode == "live")
        takes = sum(activity.minutes for webinar in webinars for activity in webinar.activities)
        if webinars and live and takes != live:
            names = " and ".join(webinar.id for webinar in webinars)
            text = (
                f"the activities of {names} take {takes} minutes, and the module {module.id} has {live} for what is "
                "live; change one or the other."
            )
            yield Fault(webinars[0].folder / "live.yaml", "activities", text)


def _faults(activity: LiveActivity) -> Iterator[str]:
    least, most = activity.chooses
    if activity.options and most > len(activity.options):
        yield f"choose asks for {most} of {len(activity.options)} options; write [{least}, {len(activity.options)}]."
    most_options = activity.about.most_options
    if most_options and len(activity.options) > most_options:
        yield f"nobody looks through {len(activity.options)} things at once; take {most_options} at the most."
