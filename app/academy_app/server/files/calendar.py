"""Handler of `/calendar.ics`: the weeks of the course for one's own calendar."""

from __future__ import annotations

from tornado import web

from academy.calendar import calendar_file
from academy.deadlines import Extensions
from academy.people import Teams
from academy.store.schema import utc_now
from academy_app.server.base import EditionHandler

__all__ = ["CalendarHandler"]


class CalendarHandler(EditionHandler):
    """The calendar file: the weeks, with the more time that the person was given."""

    @web.authenticated
    def get(self) -> None:
        """Send it."""
        course = self.edition.course(self.lang)
        self.set_header("Content-Type", "text/calendar; charset=utf-8")
        self.set_header("Content-Disposition", f'attachment; filename="{course.edition}.ics"')
        assert self.visitor is not None
        person = self.visitor.person_id
        team = Teams(self.site.store, self.edition.id).of(person)
        more = Extensions(self.site.store, course).of(person, *([team.id] if team else []))
        self.finish(calendar_file(course, self.gettext, utc_now(), more))
