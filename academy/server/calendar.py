"""`/calendar.ics`: the weeks of the course for one's own calendar."""

from __future__ import annotations

from datetime import UTC, datetime

from tornado import web

from academy.calendar import calendar_file
from academy.server.base import PageHandler

__all__ = ["CalendarHandler"]


class CalendarHandler(PageHandler):
    """The calendar file, the same for everybody in a language: it holds nothing of anybody."""

    @web.authenticated
    def get(self) -> None:
        """Send it."""
        course = self.site.course(self.lang)
        self.set_header("Content-Type", "text/calendar; charset=utf-8")
        self.set_header("Content-Disposition", f'attachment; filename="{course.id}.ics"')
        self.finish(calendar_file(course, self.say, datetime.now(UTC)))
