"""State that handlers share: editions, accounts, keys derived from the data folder's secret."""

from __future__ import annotations

import hashlib
import hmac
from typing import Any

from academy import i18n, languages
from academy.content import course_folder, use_data
from academy.course import load_course
from academy.editions import Editions
from academy.people import Accounts
from academy.store import Store, open_store
from academy_app.server.editions import ServedEditions
from academy_app.server.kernels.limits import Limits, kernels_that_fit, raise_open_files, starting_at_once
from academy_app.server.options import ServeOptions
from academy_app.server.pages.assets import Assets
from academy_app.server.pages.embedded import WidgetCode
from academy_app.server.pages.files import PageFiles
from academy_app.server.signin.login_throttle import LoginThrottle
from academy_app.server.signin.newcomers import Newcomers
from academy_app.server.signin.signouts import SignOuts

__all__ = ["Site"]


class Site:
    """What one server serves: every edition of its data folder."""

    def __init__(self, options: ServeOptions) -> None:
        self.options = options
        self.data = options.data
        self.base = options.base
        use_data(self.data.path)
        self.store = open_store(self.data.store_url, ties=self.data.ties, shared=True)
        self.accounts = Accounts(self.store, self.data.secret)
        _begin(self.store, options)
        self.editions = ServedEditions(self)
        self.begun_with = self.courses()
        """What the kernels' template knows: of a course that comes later each kernel reads what it needs."""
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

    def courses(self) -> list[str]:
        """Return the courses of which there is an edition, each once."""
        return list(dict.fromkeys(edition.course for edition in self.editions.all()))

    def pages(self) -> list[PageFiles]:
        """Return the pages of all these courses."""
        return [PageFiles(course_folder(course), self.options.notebooks) for course in self.courses()]

    def derive(self, purpose: str) -> bytes:
        """Return 32 bytes for one purpose, from the data folder's secret (HKDF-Expand, RFC 5869, one block)."""
        return hmac.new(
            self.data.secret, f"academy server {purpose}".encode() + b"\1", hashlib.sha256
        ).digest()

    def language_choice(self, offered: list[str], current: str) -> list[dict[str, Any]]:
        """Return languages to choose from, each by its own name."""
        return [
            {
                "code": code,
                "name": languages.name(code),
                "current": code == current,
                "dir": i18n.direction(code),
            }
            for code in offered
        ]


def _begin(store: Store, options: ServeOptions) -> None:
    """Make the first edition of the course that is asked for, or of the only one, where there is none."""
    editions = Editions(store)
    if options.course is None and editions.all():
        return
    editions.ensure(load_course(options.course_id()))
