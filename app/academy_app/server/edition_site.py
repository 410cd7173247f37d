"""State of one edition that is served: its course as it is now, its people, its pages, its live rooms."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from academy import i18n, languages
from academy.course import Course, LatestCourse
from academy.editions import Edition, in_edition
from academy.live import Live
from academy.people import People
from academy_app.server.live.hub import Hub
from academy_app.server.pages.files import PageFiles
from academy_app.server.texts import page_texts

if TYPE_CHECKING:
    from academy_app.server.site import Site

__all__ = ["EditionSite"]


class EditionSite:
    """One edition. `latest` is its course's, which other editions may share."""

    def __init__(self, site: Site, edition: Edition, latest: LatestCourse) -> None:
        self.site, self.edition, self.latest = site, edition, latest
        self.base = f"{site.base}c/{edition.id}/"
        self.people = People(site.store, site.data.secret, edition.id)
        self._placed: dict[str | None, tuple[Course, Course]] = {}

    def change(self, edition: Edition, latest: LatestCourse) -> None:
        """Take in what has changed about the edition itself."""
        self.edition, self.latest, self._placed = edition, latest, {}

    @property
    def id(self) -> str:
        """The edition's id, under which all that belongs to it is kept."""
        return self.edition.id

    @property
    def pages(self) -> PageFiles:
        """The pages that people see: of the course as it is now, and the general ones."""
        return PageFiles(self.course().folder, self.site.options.notebooks)

    @cached_property
    def rooms(self) -> Hub:
        """The live rooms."""
        site = self.site
        return Hub(lambda: Live(site.store, self.course(), site.data.secret))

    def course(self, language: str | None = None) -> Course:
        """Return the course in a language, or its own, with the edition's dates. Touches no file that is known."""
        course = self.latest(language)
        found = self._placed.get(language)
        if found is None or found[0] is not course:
            found = self._placed[language] = (course, in_edition(course, self.edition))
        return found[1]

    @property
    def default_language(self) -> str:
        """The course's own language."""
        return self.course().default_language

    @property
    def languages(self) -> list[str]:
        """The languages in which the course is offered."""
        return self.course().languages

    @property
    def home(self) -> str:
        """The address of the first page."""
        return f"{self.base}voila/render/home.ipynb"

    def title(self, language: str) -> str:
        """Return what the edition is called: the course, and which edition where that is said."""
        course = self.course(language)
        return f"{course.title} · {self.edition.title}" if self.edition.title else course.title

    def language_of(self, chosen: str | None) -> str:
        """Return the course's language that is nearest to `chosen`, else the course's own."""
        return languages.nearest(chosen or "", self.languages) or self.default_language

    def title_of(self, page: str, language: str, fallback: str) -> str:
        """Return the title of a page: its module's, the course's for the first page, else `fallback`."""
        course = self.course(language)
        if page == "home":
            return course.title
        return next((module.title for module in course.modules if module.page == page), fallback)

    def context(self, *, language: str, person: Any, title: str, here: str, xsrf: str) -> dict[str, Any]:
        """Return what the page template knows as `academy`."""
        return {
            "lang": language,
            "dir": i18n.direction(language),
            "title": title,
            "course_title": self.title(language),
            "person": {"name": person.display_name, "role": person.role},
            "base_url": self.base,
            "assets": self.site.assets.urls(),
            "too_old": self.site.assets.too_old(),
            "said": i18n.foreign(language),
            "texts": page_texts(language),
            "languages": self.site.language_choice(self.languages, language),
            "here": here,
            "full_url": here.replace("/voila/render/", "/voila/full/", 1),
            "xsrf": xsrf,
            "home_url": self.home,
            "logout_url": f"{self.base}logout",
            "language_url": f"{self.base}language",
        }

    def text_language(self, written: str, shown: str) -> dict[str, str]:
        """Return the language and direction of a page's own text, where it is not the one of the page around it."""
        language = written or self.default_language
        return {} if language == shown else {"text_lang": language, "text_dir": i18n.direction(language)}
