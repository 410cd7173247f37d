"""Handlers for presenters: acts, the presenter's view, results as files."""

from __future__ import annotations

from typing import Any

from jupyter_server.auth.decorator import allow_unauthenticated
from tornado import web

from academy.errors import BusyError, StoreError
from academy.live.export import as_csv, as_json
from academy_app.server.live.base import LiveHandler
from academy_app.server.live.presenters import MOVES, SOMEBODY

__all__ = ["ControlHandler", "LiveStartHandler", "PresenterViewHandler", "ResultsHandler"]

_OURS = ("act", "by", "_xsrf", "next", "take_over")
_SWITCHES = ("on", "guests", "anew", "take_over")


class PresenterViewHandler(LiveHandler):
    """`/live/<code>/desk`: what waits, who is there, what can be undone."""

    speaks_json = True

    @allow_unauthenticated
    async def get(self, code: str) -> None:
        """Answer with it."""
        channel = await self.channel(code)
        await self.facilitator(channel)
        activity = self.get_query_argument("activity", "")[:64] or None
        try:
            self.give(**await self.hub.reading(lambda: channel.room.presenter_view(activity)))
        except StoreError as error:
            self.refuse(error)


class ActingHandler(LiveHandler):
    """A button of a facilitator, pressed by a script or by a form."""

    async def prepare(self) -> None:  # type: ignore[override]
        """A script is answered as one."""
        self.speaks_json = self.is_json or "application/json" in self.request.headers.get("Accept", "")
        await super().prepare()

    def given(self) -> dict[str, Any]:
        """Return what was sent: JSON as it is, fields of a form as words, numbers, switches and lists."""
        if self.is_json:
            return self.sent()
        found: dict[str, Any] = {}
        for name in self.request.body_arguments:
            values = self.get_body_arguments(name)
            found[name] = values if name == "options" else values[-1]
        for name in _SWITCHES:
            if name in found:
                found[name] = found[name] not in ("", "0", "no")
        if str(found.get("seconds", "")).isdecimal():
            found["seconds"] = int(found["seconds"])
        return found

    def done(self, **found: Any) -> None:
        """Answer a script with JSON, a form by going back to its page."""
        if self.speaks_json:
            self.give(**found)
        else:
            self.redirect(self.local_path(self.get_body_argument("next", "")), status=303)

    def ask_first(self, other: str) -> None:
        """Say who else presents: whoever goes on all the same takes the room over, with `take_over`."""
        text = self.gettext(SOMEBODY).format(name=other)
        if self.speaks_json:
            self.give(409, error=text, presenting=other)
        else:
            back = self.local_path(self.get_body_argument("next", ""))
            self.show(
                "message.html",
                409,
                title=self.gettext("That did not work"),
                text=text,
                again=False,
                back=back,
            )

    def not_done(self, error: StoreError) -> None:
        """Say what is in the way."""
        if isinstance(error, BusyError):
            raise error
        if self.speaks_json:
            self.refuse(error)
            return
        back = self.local_path(self.get_body_argument("next", ""))
        title, text = self.gettext("That did not work"), self.gettext(str(error))
        self.show("message.html", 409, title=title, text=text, again=False, back=back)


class LiveStartHandler(ActingHandler):
    """`/live/start`: a webinar begins, or goes on."""

    @allow_unauthenticated
    async def post(self) -> None:
        """Start it and say its code."""
        if self.visitor is None or self.visitor.role != "facilitator":
            raise web.HTTPError(403)
        given, by = self.given(), self.visitor.person_id
        guests, anew = given.get("guests") is True, given.get("anew") is True
        webinar = str(given.get("webinar", ""))[:64]
        try:
            room = await self.hub.writing(lambda: self.live.start(webinar, by, guests=guests, anew=anew))
        except StoreError as error:
            self.not_done(error)
            return
        channel = self.hub.channel(room)
        if channel.presenters.other(by) is None:
            channel.presenters.lead = by
        channel.poke()
        self.done(webinar=webinar, code=room.code, rev=room.rev())


class ControlHandler(ActingHandler):
    """`/live/<code>/control`: `do` names one of the acts of `academy.live`."""

    @allow_unauthenticated
    async def post(self, code: str) -> None:
        """Do it and say the revision since which it holds."""
        channel = await self.channel(code)
        sitter = await self.facilitator(channel)
        given = self.given()
        do = str(given.pop("do", ""))[:20]
        words = {name: value for name, value in given.items() if name not in _OURS}
        other = channel.presenters.other(sitter.who) if do in MOVES else None
        if other is not None and given.get("take_over") is not True:
            self.ask_first(other)
            return
        try:
            rev = await self.hub.writing(lambda: channel.room.do(do, sitter.who, **words))
        except StoreError as error:
            self.not_done(error)
            return
        if do in MOVES:
            channel.presenters.lead = sitter.who
        if do == "remove":
            channel.turn_out(str(words.get("who", "")))
        channel.poke()
        self.done(rev=rev, undo=await self.hub.reading(channel.room.last_step))


class ResultsHandler(LiveHandler):
    """`/live/<code>/results.csv` and `.json`; with `full=1` also small counts, for the facilitator's eyes alone."""

    @allow_unauthenticated
    async def get(self, code: str, kind: str) -> None:
        """Send the file."""
        channel = await self.channel(code)
        await self.facilitator(channel)
        activity = self.get_query_argument("activity", "")[:64] or None
        full = bool(self.get_query_argument("full", ""))
        make = as_csv if kind == "csv" else as_json
        try:
            text = await self.hub.reading(lambda: make(self.live, channel.room, activity, full=full))
        except BusyError:
            raise
        except StoreError:
            raise web.HTTPError(404) from None
        types = {"csv": "text/csv", "json": "application/json"}
        name = f"{channel.room.webinar.id}{f'-{activity}' if activity else ''}.{kind}"
        self.set_header("Content-Type", f"{types[kind]}; charset=utf-8")
        self.set_header("Content-Disposition", f'attachment; filename="{name}"')
        self.finish(text)
