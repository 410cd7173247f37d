"""The weeks of a course as a calendar file."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from icalendar import Alarm, Calendar, Event

from academy.course import Course
from academy.deadlines import due
from academy.i18n import Translator

__all__ = ["calendar_file"]


def calendar_file(
    course: Course, gettext: Translator, now: datetime, more: Mapping[str, timedelta] | None = None
) -> bytes:
    """Return the course's weeks and their ends as iCalendar (RFC 5545). Times are UTC: each calendar shows its own.

    `more` is the time that somebody has beyond the ends, by module.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Academy Kit//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", course.title)
    for module in course.modules:
        ends = due(course, module, more)
        if ends is None or module.starts is None:
            continue
        week = Event()
        week.add("uid", f"{course.edition}.{module.id}.week@academy-kit")
        week.add("dtstamp", now)
        week.add("summary", module.title)
        week.add("description", module.output or course.title)
        week.add("dtstart", module.starts)
        week.add("dtend", module.starts + timedelta(days=7))
        week.add("transp", "TRANSPARENT")  # nobody is busy all week
        calendar.add_component(week)
        end = Event()
        end.add("uid", f"{course.edition}.{module.id}.end@academy-kit")
        end.add("dtstamp", now)
        end.add("summary", gettext("Hand in: {title}").format(title=module.title))
        end.add("description", gettext("Later is possible too, until the course ends."))
        end.add("dtstart", ends)
        reminder = Alarm()
        reminder.add("action", "DISPLAY")
        reminder.add("description", module.title)
        reminder.add("trigger", timedelta(days=-1))
        end.add_component(reminder)
        calendar.add_component(end)
    return bytes(calendar.to_ical())
