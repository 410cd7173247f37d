"""Handlers of the join page: joining, and answering with or without script."""

from __future__ import annotations

import secrets
from typing import Any

from jupyter_server.auth.decorator import allow_unauthenticated
from tornado import web

from academy.documents.room_state import RoomState
from academy.errors import BusyError, StoreError
from academy.live import AnsweredError, Ballot, Received
from academy.live.kinds import KINDS
from academy.live.session import CLOSED, HOME, LOCKED, OPEN
from academy.live.tickets import ticket
from academy.people.names import clean_text
from academy.words import shows
from academy_app.server.live.base import LiveHandler, Sitter
from academy_app.server.live.hub import Channel
from academy_app.server.live.view import view_of
from academy_app.server.signin.newcomers import mark_browser

__all__ = ["AnswerHandler", "CodeHandler", "JoinLiveHandler"]

MOST_SEATS = 3_000
LONGEST_NAME = 40
WAITING_SECONDS = 12


class CodeHandler(LiveHandler):
    """`/live`: asks for the code."""

    @allow_unauthenticated
    def get(self) -> None:
        """Show the form, or go to the room whose code was typed."""
        if typed := self.get_query_argument("code", "").strip():
            code = "".join(char for char in typed if char.isalnum())[:40]
            self.redirect(f"{self.base_url}live/{code or '-'}")
            return
        self.show("live_code.html")


class RoomPage(LiveHandler):
    """What joining and answering share: the page of a room."""

    async def room_page(self, channel: Channel, sitter: Sitter, status: int = 200, **more: Any) -> None:
        """Show the room as it is: what is on, one's own answer, the results where they are shown."""
        state = await channel.read()
        activity = more.pop("activity", None) or state["activity"]
        if activity != state["activity"]:
            state = await channel.read(activity)
        mine = await self.hub.reading(lambda: channel.room.mine(sitter.who, activity)) if activity else None
        if activity and await self.may_peek(channel, sitter, activity):
            state = await channel.read(activity, peek=True)
        webinar = self.edition.course(self.lang).webinar(channel.room.webinar.id) or channel.room.webinar
        part = bool(self.get_query_argument("part", ""))
        self.show(
            "live_part.html" if part else "live.html",
            status,
            code=f"{channel.room.code[:3]} {channel.room.code[3:]}",
            address=f"{self.base_url}live/{channel.room.code}",
            sitter=sitter,
            webinar=webinar,
            state=state,
            boards=[item for item in webinar.activities if _leads_to(state, item.id)],
            ticket=self._ticket(channel, state),
            view=view_of(
                webinar,
                state,
                mine,
                change=bool(more.get("change")),
                typed=more.get("typed"),
                least=self.edition.course(self.lang).small_group,
            ),
            error=more.get("error"),
            once=secrets.token_urlsafe(12),
            refresh=None if part else WAITING_SECONDS,
            script=self.site.assets.urls().get("live.js"),
        )

    def _ticket(self, channel: Channel, state: RoomState) -> str:
        """The word that what is shown is open now, for an answer that comes late."""
        activity = state["activity"]
        return (
            ticket(channel.room.book, activity, state["round"]) if activity and state["phase"] == OPEN else ""
        )


def _milliseconds(said: Any) -> int | None:
    """How long after its ticket an answer was given; None where that was not said."""
    if isinstance(said, str):
        return int(said) if said.isascii() and said.isdecimal() and len(said) < 13 else None
    return said if isinstance(said, int) and not isinstance(said, bool) and 0 <= said < 10**12 else None


def _leads_to(state: RoomState, activity: str) -> bool:
    """Whether the list of boards leads to one: to be answered at home, or to be read when all is closed."""
    about = state["activities"].get(activity, {"phase": LOCKED, "answered": 0})
    if state["state"] == HOME:
        return bool(about["phase"] == OPEN)
    return bool(state["state"] == CLOSED and about["answered"])


class JoinLiveHandler(RoomPage):
    """`/live/<code>`: the room as a page; guests choose a name first."""

    @allow_unauthenticated
    async def get(self, code: str) -> None:
        """Show the room, ask a guest for a name, or send to the sign-in where guests may not come in."""
        channel = await self.channel(code)
        if await self.sitter(channel) is None:
            await self._door(channel, code)
            return
        sitter = await self.seat(channel)
        change = bool(self.get_query_argument("change", ""))
        activity = self.get_query_argument("activity", "")[:64] or None
        if activity and activity not in (await channel.read())["activities"]:
            raise web.HTTPError(404)
        await self.room_page(channel, sitter, change=change, activity=activity)

    @allow_unauthenticated
    async def post(self, code: str) -> None:
        """Let a guest in, if guests may come in."""
        channel = await self.channel(code)
        if await self.sitter(channel) is None:
            state = await channel.read()
            if not state["guests"] or state["state"] == CLOSED:
                await self._door(channel, code)
                return
            if state["people"] >= MOST_SEATS:
                text = self.gettext("This room is full. Please ask your facilitator for a personal link.")
                self.show("message.html", 429, title=self.gettext("No place is left"), text=text, again=True)
                return
            given = self.get_body_argument("name", "")[:200]
            name = clean_text(given.replace(":", " ").replace(";", " "), LONGEST_NAME)
            if given.strip() and not shows(name):
                error = self.gettext(
                    "Nobody could read this name. Please write another one, or leave it empty."
                )
                await self._door(channel, code, 409, error)
                return
            name = name or self.gettext("Guest")
            sitter = self.guest(channel, self.get_body_argument("once", "")[:60], name)
            if sitter.who not in channel.seated:
                status, browser, text = self.newcomer()
                if browser is None:
                    await self._door(channel, code, status, text, name)
                    return
                self.site.newcomers.came(self.request.remote_ip or "", browser)
            self.welcome_guest(channel, sitter)
            if not await channel.sit((sitter.who, sitter.name)):
                raise web.HTTPError(403, reason="removed")
            channel.seated.add(sitter.who)
        self.redirect(f"{self.base_url}live/{channel.room.code}", status=303)

    async def _door(
        self, channel: Channel, code: str, status: int = 200, error: str = "", typed: str = ""
    ) -> None:
        """Ask a guest for a name. The form goes to where it came from: with a link's token nobody waits."""
        here = f"{self.base_url}live/{channel.room.code}"
        state = await channel.read()
        if not state["guests"] or state["state"] == CLOSED:
            self.redirect(f"{self.base_url}login?next={here}")
            return
        webinar = self.edition.course(self.lang).webinar(channel.room.webinar.id) or channel.room.webinar
        mark_browser(self)
        address = f"{here}.{self.link_token(channel)}" if "." in code else here
        self.show(
            "live_door.html",
            status,
            webinar=webinar,
            address=address,
            once=secrets.token_urlsafe(16),
            error=error,
            typed=typed,
        )


class AnswerHandler(RoomPage):
    """`/live/<code>/answer`: takes an answer, as a form or as JSON. It is received once it is committed."""

    async def prepare(self) -> None:  # type: ignore[override]
        """A script that sends is answered as one, whatever happens."""
        self.speaks_json = self.is_json or "application/json" in self.request.headers.get("Accept", "")
        await super().prepare()

    @allow_unauthenticated
    async def post(self, code: str) -> None:
        """Keep the answer, then say so."""
        channel = await self.channel(code)
        sitter = await self.seat(channel)
        if not channel.may_answer(sitter.who):
            self.set_header("Retry-After", "10")
            raise web.HTTPError(429)
        try:
            ballot = await self._ballot(channel, sitter)
            received: Received = await channel.answer(ballot)
        except StoreError as error:
            await self._refuse(channel, sitter, error)
            return
        if self.speaks_json:
            self.give(received=received.id, rev=received.rev, mine=received.mine)
            return
        more = (
            f"?activity={received.activity}"
            if (await channel.read())["activity"] != received.activity
            else ""
        )
        self.redirect(f"{self.base_url}live/{channel.room.code}{more}#room", status=303)

    async def _ballot(self, channel: Channel, sitter: Sitter) -> Ballot:
        if self.is_json:
            sent = self.sent()
            words = {name: sent.get(name) for name in ("activity", "id")}
            known = {name: word if isinstance(word, str) else "" for name, word in words.items()}
            value, change = sent.get("value"), sent.get("change") is True
            shown, after = sent.get("ticket"), sent.get("after")
        else:
            known = {name: self.get_body_argument(name, "")[:80] for name in ("activity", "id")}
            activity = await self.hub.reading(lambda: channel.room.activity(known["activity"]))
            value = KINDS[activity.kind].from_form(
                activity, lambda name: self.get_body_arguments(name, strip=False)
            )
            change = bool(self.get_body_argument("change", ""))
            shown, after = self.get_body_argument("ticket", ""), self.get_body_argument("after", "")
        return Ballot(
            sitter.who,
            known["activity"],
            known["id"],
            value,
            change,
            sitter.name,
            ticket=shown if isinstance(shown, str) else "",
            after=_milliseconds(after),
        )

    async def _refuse(self, channel: Channel, sitter: Sitter, error: StoreError) -> None:
        if self.speaks_json:
            self.refuse(error)
            return
        fields = self.request.body_arguments
        typed = {
            name: [value.decode("utf-8", "replace") for value in values] for name, values in fields.items()
        }
        again = isinstance(error, AnsweredError)
        activity = self.get_body_argument("activity", "")[:64]
        known = activity in (await channel.read())["activities"]
        await self.room_page(
            channel,
            sitter,
            503 if isinstance(error, BusyError) else 409,
            error=self.gettext(str(error)),
            typed=None if again else typed,
            change=bool(self.get_body_argument("change", "")),
            activity=activity if known else None,
        )
