"""Handlers of passport downloads, and of beginning from another's passport.

No address here names a person: whose passport it is follows from who asks, so nobody else's can be reached.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from tornado import web
from tornado.ioloop import IOLoop

from academy.course.values import read_json
from academy.errors import BusyError, StoreError
from academy.i18n import N_
from academy_app.server.base import EditionHandler

if TYPE_CHECKING:
    from academy.exports import Paper

__all__ = ["ExportHandler", "PassportStartHandler", "TakeHandler"]

LARGEST_FILE = 1_000_000
MOST_LETTERS = 20
"""Of those that a PDF can't show, so many are named."""
TYPES = {
    "pdf": "application/pdf",
    "html": "text/html; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "json": "application/json",
}


def _make(kind: str) -> Callable[[Paper], bytes]:
    """What makes a file of this kind; imported when somebody asks for one."""
    if kind == "docx":
        from academy.exports.docx import to_docx

        return to_docx
    from academy.exports.html import to_html

    return to_html


class TakeHandler(EditionHandler):
    """`/passport`: the files to take away, and the form to begin from another passport."""

    @web.authenticated
    def get(self) -> None:
        """Show the page."""
        taken = self.get_query_argument("taken", "")[:4]
        self.show("passport.html", taken=int(taken) if taken.isdecimal() and taken.isascii() else 0, error="")


class ExportHandler(EditionHandler):
    """`/passport/file.<kind>`: the passport of who asks."""

    @web.authenticated
    async def get(self, kind: str) -> None:
        """Send the file. It is made beside the server's own work: a PDF takes a moment.

        Where a PDF would have boxes in place of letters, a page says so first and offers the others; with `anyway` it
        is sent all the same, and says it itself.
        """
        visitor = self.visitor
        assert visitor is not None
        course, store = self.edition.course(self.lang), self.site.store

        def make() -> tuple[str, bytes, str]:
            from academy.exports.passport import file_name, paper_of, to_json
            from academy.passport import Passport
            from academy.passport.travel import travel_of

            passport = Passport.of(store, course, visitor.person_id)
            if kind == "json":
                return file_name(passport, kind), to_json(passport), ""
            paper = paper_of(passport, travel_of(store, course, visitor.person_id))
            if kind == "pdf":
                from academy.exports.pdf import to_pdf

                made = to_pdf(paper)
                return file_name(passport, kind), made.content, made.missing
            return file_name(passport, kind), _make(kind)(paper), ""

        name, content, missing = await IOLoop.current().run_in_executor(None, make)
        if missing and not self.get_query_argument("anyway", ""):
            self.show("passport.html", 409, taken=0, error="", missing=missing[:MOST_LETTERS])
            return
        self.set_header("Content-Type", TYPES[kind])
        self.set_header("Content-Disposition", f'attachment; filename="{name}"')
        self.set_header("X-Content-Type-Options", "nosniff")
        self.finish(content)


class PassportStartHandler(EditionHandler):
    """`/passport/start`: takes the JSON of another passport into exercises that are still empty."""

    @web.authenticated
    def post(self) -> None:
        """Take it over and say how much, or say why not."""
        from academy.passport.travel import begin_from

        visitor = self.visitor
        assert visitor is not None
        try:
            taken = begin_from(
                self.site.store, self.edition.course(self.lang), visitor.person_id, self._document()
            )
        except BusyError:
            raise
        except StoreError as error:
            self.show("passport.html", 409, taken=0, error=self.gettext(str(error)))
            return
        self.redirect(f"{self.base_url}passport?{urlencode({'taken': taken})}")

    def _document(self) -> object:
        files = self.request.files.get("passport", [])
        if not files or not files[0]["body"]:
            raise StoreError(N_("No file was chosen. Choose the JSON file of a passport."))
        body = files[0]["body"]
        if len(body) > LARGEST_FILE:
            raise StoreError(
                N_("This file is too large for a passport. Choose the JSON file that was saved from one.")
            )
        try:
            return read_json(body)
        except ValueError:
            raise StoreError(
                N_("This file is no passport. Choose the JSON file that was saved from one.")
            ) from None
