"""Page handlers of formgrader: policies, served files, the next ungraded submission."""

from __future__ import annotations

import re
import secrets
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, TypeVar, cast

from jinja2 import BaseLoader, Environment
from nbgrader.api import MissingEntry
from nbgrader.server_extensions.formgrader.base import BaseHandler, check_notebook_dir, check_xsrf
from tornado import web

from academy_grading.exchange.collect import ANSWERS_FILE
from academy_grading.formgrader.needs_grading import next_waiting
from academy_grading.formgrader.people import PresentPeople, left_of

__all__ = ["PAGES", "Guarded", "SubmissionSteps", "WithNonce", "signed_in"]

Work = TypeVar("Work", bound=Callable[..., object])


def signed_in(work: Work) -> Work:
    """Let only who holds the lab's token do something, as formgrader's own pages do."""
    return cast(Work, web.authenticated(check_xsrf(check_notebook_dir(work))))


_ON_CLICK = re.compile(r' onclick="(\w+)\(\);?"', re.IGNORECASE)
_PRESS = '<script src="{{ base_url }}/formgrader/academy/press.js"></script>'


class WithNonce(BaseLoader):
    """Gives nbgrader's templates the page's own word for each of their scripts: no other script runs.

    What a button does is written into them too, as `onclick="work();"`. A name takes its place, and `press.js` has
    the work.
    """

    def __init__(self, inner: BaseLoader) -> None:
        self.inner = inner

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str | None, Callable[[], bool] | None]:
        """Return a template's text. What people wrote is put in later, and escaped: it has no `<script`."""
        source, filename, fresh = self.inner.get_source(environment, template)
        source = _ON_CLICK.sub(r' data-press="\1"', source).replace("</body>", f"{_PRESS}</body>")
        return source.replace("<script", '<script nonce="{{ nonce }}"'), filename, fresh


class Guarded(BaseHandler):
    """What all our answers have in common."""

    _nonce = ""

    @property
    def nonce(self) -> str:
        """A word that only this answer and its own scripts know."""
        self._nonce = self._nonce or secrets.token_urlsafe(16)
        return self._nonce

    @property
    def content_security_policy(self) -> str:
        """Nothing that a participant could have written runs, and nothing is asked of others."""
        return "; ".join(
            [
                "default-src 'none'",
                f"script-src 'nonce-{self.nonce}'",
                "style-src 'self' 'unsafe-inline'",
                "img-src 'self' data:",
                "font-src 'self' data:",
                "connect-src 'self'",
                "form-action 'self'",
                "base-uri 'none'",
                "frame-ancestors 'self'",
            ]
        )

    def set_default_headers(self) -> None:
        """Say what the page may do, and that nobody may guess what a file is."""
        super().set_default_headers()
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("Referrer-Policy", "same-origin")

    async def prepare(self, **how: object) -> Awaitable[None] | None:  # type: ignore[override]  # as Jupyter has it
        """Forget what the gradebook looked like before: colleagues and commands change it too."""
        self._let_go()
        return await super().prepare(**how)

    def on_finish(self) -> None:
        """Let go of the gradebook: what changes its tables would wait for a page that has only read."""
        self._let_go()
        super().on_finish()

    def _let_go(self) -> None:
        if (gradebook := self.settings.get("nbgrader_gradebook")) is not None:
            gradebook.db.rollback()

    @property
    def api(self) -> Any:
        """What nbgrader knows, as its settings are now, of the people who are still there."""
        app = self.coursedir.parent
        app.load_config_file()
        api = cast(Any, PresentPeople)(self.coursedir, self.authenticator, parent=app)
        api.log_level = self.log.level
        api.left = left_of(self.coursedir.root)
        return api

    def render(self, name: str, **values: object) -> Any:  # type: ignore[override]  # as nbgrader has it
        """Fill a template of formgrader."""
        return cast(Any, super()).render(name, nonce=self.nonce, **values)

    @property
    def exporter(self) -> Any:
        """What makes the page of a submission."""
        return _WithWord(super().exporter, self.nonce)


class _WithWord:
    def __init__(self, exporter: Any, nonce: str) -> None:
        self.exporter = exporter
        self.nonce = nonce

    def from_filename(self, filename: str, resources: dict[str, Any]) -> Any:
        return self.exporter.from_filename(filename, resources={**resources, "nonce": self.nonce})


class SubmissionSteps(Guarded):
    """The way from one submission to the next; it may begin at one of somebody who has left."""

    def _get_submission_ids(self, assignment: str, notebook: str) -> list[str]:
        others = cast(Any, super())._get_submission_ids(assignment, notebook)
        return sorted({*others, self.path_kwargs["submission_id"]})


class NextUngraded(Guarded):
    """Lead to the next submission with points still to be given, after this one and then from the beginning."""

    @signed_in
    def get(self, submission_id: str) -> None:
        """Go there, or to the list when nothing waits any more."""
        try:
            row = self.gradebook.find_submission_notebook_by_id(submission_id)
        except MissingEntry:
            raise web.HTTPError(404) from None
        self.redirect(_next(self, row.assignment.assignment.name, row.notebook.name, row.id))


class FirstUngraded(Guarded):
    """Lead to the first submission of an exercise with points still to be given."""

    @signed_in
    def get(self, assignment: str, notebook: str) -> None:
        """Go there, or to the list when nothing waits."""
        self.redirect(_next(self, assignment, notebook))


def _next(handler: Guarded, assignment: str, notebook: str, after: str = "") -> str:
    found = next_waiting(handler.gradebook, assignment, notebook, after, left_of(handler.coursedir.root))
    if found:
        return f"{handler.base_url}/formgrader/submissions/{found}/"
    return f"{handler.base_url}/formgrader/gradebook/{assignment}/{notebook}?all_graded"


class SubmissionFiles(Guarded):
    """The files of a graded submission that a facilitator may have: our own two, to keep, never to run."""

    @signed_in
    def get(self, path: str) -> None:
        """Send the answers or the notebook; there is nothing else here."""
        submission_id, _, name = path.partition("/")
        try:
            row = self.gradebook.find_submission_notebook_by_id(submission_id)
        except MissingEntry:
            raise web.HTTPError(404) from None
        if name not in (ANSWERS_FILE, f"{row.notebook.name}.ipynb"):
            raise web.HTTPError(404)
        folder = self.coursedir.format_path(
            self.coursedir.autograded_directory, row.student.id, row.assignment.assignment.name
        )
        file = Path(folder) / name
        if file.is_symlink() or not file.is_file():
            raise web.HTTPError(404)
        self.set_header("Content-Type", "application/json; charset=utf-8")
        self.set_header("Content-Disposition", f'attachment; filename="{name}"')
        self.finish(file.read_bytes())


_STEPS = "next_incorrect|prev_incorrect|next|prev"

PAGES: list[tuple[Any, ...]] = [
    (r"/formgrader/gradebook/([^/]+)/([^/]+)/next_ungraded/?", FirstUngraded),
    (r"/formgrader/submissions/([^/]+)/next_ungraded/?", NextUngraded),
    (rf"/formgrader/submissions/((?!components/)[^/]+/(?!(?:{_STEPS})/?$).+)", SubmissionFiles),
]
