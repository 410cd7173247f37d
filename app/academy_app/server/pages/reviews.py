"""Handlers of peer review's buttons: plain forms that change one thing and redirect to their page."""

from __future__ import annotations

from collections.abc import Callable

from tornado import web

from academy.errors import BusyError, StoreError
from academy.peers import moderation
from academy.peers.rounds import Round
from academy_app.server.base import EditionHandler
from academy_app.server.signin.identity import Visitor

__all__ = ["ReviewHandler"]

LONGEST_NOTE = 500


class ReviewHandler(EditionHandler):
    """`/reviews/<round>/<act>`, sent by a form of a page."""

    @web.authenticated
    def post(self, round_id: str, act: str) -> None:
        """Do it and go back. Who may not, finds nothing here."""
        visitor = self.visitor
        assert visitor is not None
        course = self.edition.course(self.lang)
        if not course.has(round_id) or course.exercise(round_id).review is None:
            raise web.HTTPError(404)
        acts = _OWN | (_MODERATING if visitor.role == "facilitator" else {})
        if visitor.role in ("facilitator", "mentor"):
            acts |= _HELPING
        if act not in acts:
            raise web.HTTPError(404)
        try:
            done = acts[act](self, Round(self.site.store, course, course.exercise(round_id)), visitor)
        except BusyError:
            raise
        except StoreError as error:
            back = self.local_path(self.get_body_argument("next", ""))
            title, text = self.gettext("That did not work"), self.gettext(str(error))
            self.show("message.html", 409, title=title, text=text, again=False, back=back)
            return
        nothing = f"#{round_id}-none" if act == "next" and done is None else ""
        self.redirect(self.local_path(self.get_body_argument("next", "")) + nothing)

    def word(self, name: str, longest: int = 64) -> str:
        """Return a word of the form, cut to what it may be."""
        return self.get_body_argument(name, "")[:longest]


Act = Callable[[ReviewHandler, Round, Visitor], object]

_OWN: dict[str, Act] = {
    "next": lambda h, r, v: r.next_for(v.person_id, expert=v.role != "participant"),
    "back": lambda h, r, v: r.give_back(v.person_id, h.word("key")),
}
_HELPING: dict[str, Act] = {
    "expert": lambda h, r, v: r.take(v.person_id, h.word("person", 16)),
}
_MODERATING: dict[str, Act] = {
    "hide": lambda h, r, v: moderation.hide(r, h.word("key"), v.person_id, h.word("note", LONGEST_NOTE)),
    "show": lambda h, r, v: moderation.show(r, h.word("key"), v.person_id),
    "return": lambda h, r, v: moderation.return_to_writer(
        r, h.word("key"), v.person_id, h.word("note", LONGEST_NOTE)
    ),
    "extend": lambda h, r, v: moderation.extend(r, _days(h), v.person_id, h.word("person", 16) or None),
    "nudge": lambda h, r, v: moderation.nudge(
        r, h.word("person", 16), v.person_id, h.word("note", LONGEST_NOTE)
    ),
    "withdraw": lambda h, r, v: r.withdraw(h.word("person", 16), v.person_id),
    "bring-back": lambda h, r, v: r.bring_back(h.word("person", 16), v.person_id),
}


def _days(handler: ReviewHandler) -> int:
    word = handler.word("days", 4)
    return int(word) if word.isdecimal() and word.isascii() else 0
