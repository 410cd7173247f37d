"""REST handlers of formgrader for points and comments, with versions against lost updates."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

from nbgrader.api import MissingEntry
from nbgrader.server_extensions.formgrader.base import BaseApiHandler
from tornado import web

from academy.i18n import translator
from academy_grading.course_of import course_of
from academy_grading.formgrader.pages import Guarded, signed_in
from academy_grading.grades import grade_writes

__all__ = ["API"]


class _Marks(Guarded, BaseApiHandler):
    """What reading and writing have in common."""

    def answer(self, work: Callable[[], Any]) -> None:
        """Do it, and say what there is now; what was refused is a sentence with a reason."""
        try:
            self.write(json.dumps(work()))
        except MissingEntry:
            raise web.HTTPError(404) from None
        except grade_writes.StaleError as stale:
            self.set_status(409)
            self.write(json.dumps({"message": self.gettext(stale), "now": stale.now}))
        except grade_writes.MarkError as refused:
            self.set_status(400)
            self.write(json.dumps({"message": self.gettext(refused)}))

    def gettext(self, error: Exception) -> str:
        """The sentence of an error, in the language of the course, as the page has it."""
        return translator(course_of(Path(self.coursedir.root)).language)(str(error))

    def body(self) -> dict[str, object]:
        """What was sent; nothing of it is trusted."""
        sent = cast(Any, self).get_json_body()
        if not isinstance(sent, dict):
            raise web.HTTPError(400)
        return sent


class Grades(_Marks):
    """The grades of a submission."""

    @signed_in
    def get(self) -> None:
        """Give all of them."""
        key = self.get_argument("submission_id")
        self.answer(
            lambda: [*map(grade_writes.grade, self.gradebook.find_submission_notebook_by_id(key).grades)]
        )


class Comments(_Marks):
    """The comments on a submission."""

    @signed_in
    def get(self) -> None:
        """Give all of them."""
        key = self.get_argument("submission_id")
        self.answer(
            lambda: [*map(grade_writes.comment, self.gradebook.find_submission_notebook_by_id(key).comments)]
        )


class GradeHandler(_Marks):
    """One grade."""

    @signed_in
    def get(self, key: str) -> None:
        """Give it."""
        self.answer(lambda: grade_writes.grade(self.gradebook.find_grade_by_id(key)))

    @signed_in
    def put(self, key: str) -> None:
        """Keep points, if the page showed the grade as it is."""
        sent = self.body()
        more = {"extra": sent["extra_credit"]} if "extra_credit" in sent else {}
        seen, points = sent.get("version"), sent.get("manual_score")
        self.answer(lambda: grade_writes.save_grade(self.gradebook, key, seen, points, **more))


class Comment(_Marks):
    """One comment."""

    @signed_in
    def get(self, key: str) -> None:
        """Give it."""
        self.answer(lambda: grade_writes.comment(self.gradebook.find_comment_by_id(key)))

    @signed_in
    def put(self, key: str) -> None:
        """Keep a comment, if the page showed it as it is."""
        sent = self.body()
        seen, text = sent.get("version"), sent.get("manual_comment")
        self.answer(lambda: grade_writes.save_comment(self.gradebook, key, seen, text))


API: list[tuple[Any, ...]] = [
    (r"/formgrader/api/grades", Grades),
    (r"/formgrader/api/grade/([^/]+)", GradeHandler),
    (r"/formgrader/api/comments", Comments),
    (r"/formgrader/api/comment/([^/]+)", Comment),
]
