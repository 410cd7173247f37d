"""Handlers of offline forms: downloads as file or paper, uploads of answers files."""

from __future__ import annotations

import asyncio
from urllib.parse import quote

from jupyter_server.auth.decorator import allow_unauthenticated
from tornado import httputil, web

from academy.course import Exercise
from academy.offline import Importer, Report
from academy.offline.read import LARGEST_FILE, ending
from academy.session import Session, session_of
from academy_app.server.base import EditionHandler
from academy_widgets.forms.offline_form import file_name, offline_form, paper_sheet

__all__ = ["AnswersHandler", "OfflineFormHandler", "SheetHandler"]

MOST_FILES = 200
LARGEST_UPLOAD = 24 * 1024 * 1024
"""For a facilitator who brings the files of a whole course."""
LARGEST_BY_MISTAKE = 1024 * 1024 * 1024
"""So much is let in, and thrown away at once, before the line is cut: whoever chose a film reads a sentence."""


class AwayHandler(EditionHandler):
    """What these share: everything is about the visitor's own work."""

    def own(self, exercise_id: str) -> tuple[Session, Exercise]:
        """Return the visitor's session and an exercise of the course."""
        assert self.visitor is not None
        session = session_of(self.visitor.person_id, self.site.data, self.site.store, self.edition.id)
        if session is None or not session.course.has(exercise_id):
            raise web.HTTPError(404)
        exercise = session.course.exercise(exercise_id)
        if exercise.review is not None:  # a review belongs to the work beside it, which stays here
            raise web.HTTPError(404)
        return session, exercise


class OfflineFormHandler(AwayHandler):
    """`/offline/<exercise>.html`: the visitor's own form as a file."""

    @property
    def content_security_policy(self) -> str:
        """The file has a policy of its own; here it must never be more than a file."""
        return "default-src 'none'; sandbox"

    @web.authenticated
    async def get(self, exercise_id: str) -> None:
        """Send the file."""
        session, exercise = self.own(exercise_id)
        page = await asyncio.to_thread(offline_form, session, exercise)
        self.set_header("Content-Type", "text/html; charset=utf-8")
        # who can't read the second has the first (RFC 6266)
        plain, named = (
            f'filename="{exercise.id}.html"',
            f"filename*=UTF-8''{quote(file_name(session, exercise))}",
        )
        self.set_header("Content-Disposition", f"attachment; {plain}; {named}")
        self.finish(page)


class SheetHandler(AwayHandler):
    """`/paper/<exercise>.json`: what stands on the paper form besides its fields."""

    @web.authenticated
    def get(self, exercise_id: str) -> None:
        """Send it."""
        self.finish(paper_sheet(*self.own(exercise_id)))


@web.stream_request_body
class AnswersHandler(AwayHandler):
    """`/answers` and `/answers/<exercise>`: brings answers files in.

    Participants bring their own; a facilitator brings anybody's, many at once. Only from who is signed in the body may
    be larger than others. All else is decided when it is there: who is refused earlier sees a broken line, no sentence.
    """

    def initialize(self) -> None:
        """Begin with nothing received."""
        self._received: list[bytes] = []
        self._most = self._size = 0
        self._complete = False

    async def prepare(self) -> None:  # type: ignore[override]
        """Let a large body come in from who may send one."""
        await super().prepare()
        if self.request.method == "POST" and self.visitor is not None:
            self._most = LARGEST_UPLOAD if self._all else LARGEST_FILE + 64 * 1024
            self.request.connection.set_max_body_size(LARGEST_BY_MISTAKE)

    def check_xsrf_cookie(self) -> None:
        """Look for the word against forged requests once the form that holds it is there."""
        if self._complete:
            super().check_xsrf_cookie()

    def data_received(self, chunk: bytes) -> None:
        """Keep a piece of the body, and nothing once it is too large."""
        self._size += len(chunk)
        if self.visitor is not None and self._size > self._most:
            self._received.clear()
        else:
            self._received.append(chunk)

    @web.authenticated
    def get(self, exercise_id: str = "") -> None:
        """Ask for files."""
        self._page(exercise_id, [])

    @allow_unauthenticated
    async def post(self, exercise_id: str = "") -> None:
        """Take the files, and tell what became of each."""
        if self.visitor is not None and self._size > self._most:
            said = self.gettext(
                "What you chose is too large for answers files. Choose the file that the form saved."
            )
            self._page(exercise_id, [], 413, said)
            return
        fields, files = self._form()
        if self.visitor is None:
            raise web.HTTPError(403)
        sent = [(file.filename, file.body) for file in files.get("files", []) if file.body][:MOST_FILES]
        pasted = b"".join(fields.get("text", []))
        if pasted.strip():
            sent.append((self.gettext("The text that you pasted"), pasted))
        if not sent:
            self._page(
                exercise_id, [], 400, self.gettext("Please choose an answers file, or paste its text.")
            )
            return
        reports = await asyncio.to_thread(self._take, sent, exercise_id, fit=b"yes" in fields.get("fit", []))
        self._page(exercise_id, reports)

    def _form(self) -> tuple[dict[str, list[bytes]], dict[str, list[httputil.HTTPFile]]]:
        """Return the fields and files that were sent. Raises HTTPError for what no form sends."""
        fields: dict[str, list[bytes]] = {}
        files: dict[str, list[httputil.HTTPFile]] = {}
        kind = self.request.headers.get("Content-Type", "")
        try:
            httputil.parse_body_arguments(kind, b"".join(self._received), fields, files)
        except httputil.HTTPInputError:
            raise web.HTTPError(400) from None
        self.request.arguments.update({"_xsrf": fields.get("_xsrf", [])})
        self._complete = True
        self.check_xsrf_cookie()
        return fields, files

    @property
    def _all(self) -> bool:
        """Whether the visitor may bring everybody's files."""
        return self.visitor is not None and self.visitor.role == "facilitator"

    def _take(self, sent: list[tuple[str, bytes]], exercise_id: str, *, fit: bool) -> list[Report]:
        assert self.visitor is not None
        importer = Importer(self.site.data, self.site.store, self.edition.course(self.lang), self.lang)
        by = None if self._all else self.visitor.person_id
        return [importer.take(name, body, by=by, expected=exercise_id, fit=fit) for name, body in sent]

    def _page(self, exercise_id: str, reports: list[Report], status: int = 200, error: str = "") -> None:
        course = self.edition.course(self.lang)
        if exercise_id and not course.has(exercise_id):
            raise web.HTTPError(404)
        page = next((m.page for m in course.modules if exercise_id in m.exercises and m.page), None)
        values: dict[str, object] = {
            "exercise": course.exercise(exercise_id) if exercise_id else None,
            "back": f"{self.base_url}voila/render/{page}.ipynb" if page else self.home,
            "many": self._all,
            "ending": ending(self.lang),
            "reports": reports,
            "fits": any(report.fits for report in reports),
            "error": error,
            "action": self.request.path,
        }
        self.show("answers.html", status, **values)
