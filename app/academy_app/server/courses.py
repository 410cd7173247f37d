"""`/`: my courses for who is signed in, the courses on offer for everybody."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import date

from babel.dates import format_date
from babel.lists import format_list
from jupyter_server.auth.decorator import allow_unauthenticated

from academy import i18n, languages
from academy.course import Course
from academy.errors import AcademyError
from academy_app.server.base import PageHandler
from academy_app.server.edition_site import EditionSite

__all__ = ["CourseCard", "CoursesHandler"]

MOST_OUTCOMES = 4


@dataclass(frozen=True)
class CourseCard:
    """What a card says of an edition: texts in `lang`, which need not be the page's language."""

    address: str
    title: str
    subtitle: str
    lang: str
    dir: str
    dates: str
    hours: int
    languages: str
    outcomes: tuple[str, ...]
    certificate: str
    contact: str
    joining: bool
    closed: bool
    role: str = ""


class CoursesHandler(PageHandler):
    """`/`, and `/c/<edition>/`, which leads to the edition's first page."""

    @allow_unauthenticated
    async def get(self) -> None:
        """Show the courses."""
        if self.in_edition:
            self.redirect(self.home)
            return
        mine: list[CourseCard] = []
        offered: list[CourseCard] = []
        visitor = self.visitor
        roles = {} if visitor is None else self.site.editions.roles(visitor.person_id)
        for edition in self.site.editions.all():
            role = roles.get(edition.id, "")
            if not role and (edition.closed or not edition.listed):
                continue
            try:
                found = await self.site.editions.fresh(edition.id)
            except AcademyError as error:
                self.log.warning("The edition %s can't be shown: %s", edition.id, error)
                continue
            card = await asyncio.get_running_loop().run_in_executor(None, self._card, found, role)
            (mine if role else offered).append(card)
        self.show("courses.html", mine=mine, offered=offered)

    def _card(self, found: EditionSite, role: str) -> CourseCard:
        lang = found.language_of(self.lang)
        course = found.course(lang)
        names = [languages.name(code) for code in found.languages]
        return CourseCard(
            address=found.base,
            title=found.title(lang),
            subtitle=course.subtitle,
            lang=lang,
            dir=i18n.direction(lang),
            dates=self._dates(course.start, course.end),
            hours=_hours(course),
            languages=format_list(names, "standard", locale=self.lang),
            outcomes=tuple(outcome.label for outcome in course.outcomes[:MOST_OUTCOMES]),
            certificate=course.certificate.title if course.certificate else "",
            contact=course.contact,
            joining=found.people.join_code() is not None,
            closed=found.edition.closed,
            role=self._role(role),
        )

    def _dates(self, start: date, end: date) -> str:
        first, last = (format_date(day, "long", locale=self.lang) for day in (start, end))
        return self.gettext("{first} to {last}").format(first=first, last=last)

    def _role(self, role: str) -> str:
        _ = self.gettext
        return {
            "participant": _("You take part"),
            "facilitator": _("You are a facilitator"),
            "mentor": _("You are a mentor"),
            "author": _("You are an author"),
        }.get(role, "")


def _hours(course: Course) -> int:
    """How many hours the course takes, in whole ones."""
    return round(sum(module.minutes for module in course.modules) / 60)
