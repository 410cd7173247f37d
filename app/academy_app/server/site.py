"""State that handlers share: the course, its people, keys derived from the data folder's secret."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
from typing import Any

from academy import i18n
from academy.content import use_data
from academy.course import LatestCourse
from academy.people import People
from academy.store import open_store
from academy_app.server.kernels.limits import Limits, kernels_that_fit, raise_open_files, starting_at_once
from academy_app.server.options import ServeOptions
from academy_app.server.pages.assets import Assets
from academy_app.server.pages.embedded import WidgetCode
from academy_app.server.pages.files import PageFiles
from academy_app.server.signin.login_throttle import LoginThrottle
from academy_app.server.signin.newcomers import Newcomers
from academy_app.server.signin.signouts import SignOuts
from academy_app.server.texts import page_texts

__all__ = ["Site"]


class Site:
    """One served course."""

    def __init__(self, options: ServeOptions) -> None:
        self.options = options
        self.data = options.data
        self.base = options.base
        use_data(self.data.path)
        self.course_id = options.course_id()
        self.course = LatestCourse(self.course_id)
        self._looking: asyncio.Future[None] | None = None
        self.store = open_store(self.data.store_url, ties=self.data.ties, shared=True)
        self.people = People(self.store, self.data.secret)
        self.assets = Assets(options.assets, self.base)
        self.signouts = SignOuts(self.store)
        self.guesses = LoginThrottle()
        self.newcomers = Newcomers()
        self._open_files = raise_open_files()
        self.fit(forked=False)
        self.widget_code = WidgetCode(self.derive("widget code"), self.base)
        self.cookie_secret = self.derive("cookie")
        self.cookie_suffix = self.derive("cookie name").hex()[:8]

    def fit(self, *, forked: bool) -> None:
        """Set the limits to what this machine holds of kernels that are forked, or not."""
        self.limits = Limits.of(
            self.options.max_kernels or kernels_that_fit(forked),
            self.options.starting or starting_at_once(),
            self._open_files,
        )

    async def fresh(self) -> None:
        """Read the course if its files have changed. Every request begins with this; meanwhile others are answered."""
        if self._looking is None or self._looking.done():
            if not self.course.due:
                return
            self._looking = asyncio.get_running_loop().run_in_executor(None, self.course.look)
        await asyncio.shield(self._looking)

    @property
    def pages(self) -> PageFiles:
        """The pages that people see: of the course as it is now, and the general ones."""
        return PageFiles(self.course().folder, self.options.notebooks)

    @property
    def default_language(self) -> str:
        """The course's own language."""
        return i18n.known(self.course().default_language)

    @property
    def languages(self) -> list[str]:
        """The languages in which the course is offered."""
        return [code for code in self.course().languages if code in i18n.LANGUAGES]

    def derive(self, purpose: str) -> bytes:
        """Return 32 bytes for one purpose, from the data folder's secret (HKDF-Expand, RFC 5869, one block)."""
        return hmac.new(
            self.data.secret, f"academy server {purpose}".encode() + b"\1", hashlib.sha256
        ).digest()

    @property
    def home(self) -> str:
        """The address of the first page."""
        return f"{self.base}voila/render/home.ipynb"

    def language_of(self, chosen: str | None) -> str:
        """Return `chosen` if the course is offered in it, else the course's own language."""
        return chosen if chosen in self.languages else self.default_language

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
            "course_title": self.course(language).title,
            "person": {"name": person.display_name, "role": person.role},
            "base_url": self.base,
            "assets": self.assets.urls(),
            "too_old": self.assets.too_old(),
            "texts": page_texts(language),
            "languages": self.language_choice(language),
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

    def language_choice(self, current: str) -> list[dict[str, Any]]:
        """Return the course's languages, each by its own name."""
        return [
            {
                "code": code,
                "name": i18n.LANGUAGES[code],
                "current": code == current,
                "dir": i18n.direction(code),
            }
            for code in self.languages
        ]
