"""Handlers for presenters: acts, the presenter's view, results as files."""

from __future__ import annotations

from jupyter_server.auth.decorator import allow_unauthenticated
from tornado import web

from academy.errors import BusyError, StoreError
from academy.live.export import as_csv, as_json
from academy_app.server.live.base import LiveHandler
from academy_app.server.live.presenters import MOVES, SOMEBODY

__all__ = ["ControlHandler", "LiveStartHandler", "PresenterViewHandler", "ResultsHandler"]


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


class LiveStartHandler(LiveHandler):
    """`/live/start`: a webinar begins, or goes on."""

    speaks_json = True

    @allow_unauthenticated
    async def post(self) -> None:
        """Start it and say its code."""
        if self.visitor is None or self.visitor.role != "facilitator":
            raise web.HTTPError(403)
        given, by = self.sent(), self.visitor.person_id
        guests, anew = given.get("guests") is True, given.get("anew") is True
        webinar = str(given.get("webinar", ""))[:64]
        try:
            room = await self.hub.writing(lambda: self.live.start(webinar, by, guests=guests, anew=anew))
        except StoreError as error:
            self.refuse(error)
            return
        channel = self.hub.channel(room)
        if channel.presenters.other(by) is None:
            channel.presenters.lead = by
        channel.poke()
        self.give(webinar=webinar, code=room.code, rev=room.rev())


class ControlHandler(LiveHandler):
    """`/live/<code>/control`: `do` names one of the acts of `academy.live`."""

    speaks_json = True

    @allow_unauthenticated
    async def post(self, code: str) -> None:
        """Do it and say the revision since which it holds."""
        channel = await self.channel(code)
        sitter = await self.facilitator(channel)
        given = self.sent()
        do = str(given.pop("do", ""))[:20]
        other = channel.presenters.other(sitter.who) if do in MOVES else None
        if other is not None and given.get("take_over") is not True:
            # whoever goes on all the same takes the room over, with `take_over`
            self.give(409, error=self.gettext(SOMEBODY).format(name=other), presenting=other)
            return
        try:
            rev = await self.hub.writing(lambda: channel.room.do(do, sitter.who, **given))
        except StoreError as error:
            self.refuse(error)
            return
        if do in MOVES:
            channel.presenters.lead = sitter.who
        if do == "remove":
            channel.turn_out(str(given.get("who", "")))
        channel.poke()
        self.give(rev=rev, undo=await self.hub.reading(channel.room.last_step))


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
