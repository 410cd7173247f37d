"""Base handler of the live room: authenticates who asks, finds the room."""

from __future__ import annotations

import hashlib
import hmac
import json
import math
import secrets
from dataclasses import dataclass
from typing import Any

from tornado import web

from academy.course.values import read_json
from academy.errors import BusyError, StoreError
from academy.live import AnsweredError, LateError, Live
from academy.live.session import CLOSED, HOME, OPEN
from academy_app.server.base import EditionHandler, reason_of
from academy_app.server.live.hub import Channel, Hub

__all__ = ["LiveHandler", "Sitter"]

GUEST_DAYS = 30
SHORTEST_ONCE = 16
LARGEST_ANSWER = 16 * 1024


@dataclass(frozen=True)
class Sitter:
    """Somebody in a room: a person of the course, or a guest of this session."""

    who: str
    name: str
    guest: bool = False
    facilitator: bool = False


class LiveHandler(EditionHandler):
    """A handler below `/live/`."""

    renews_cookie = False
    moves_on = False
    speaks_json = False
    """Whether errors are answered as JSON."""

    def edition_meant(self) -> str | None:
        """Return the edition in which a session has the code of the address; for who may not guess now, the first."""
        word = str(self.path_args[0]) if self.path_args else ""
        waits = "." not in word and self.site.guesses.wait(self.request.remote_ip or "")
        found = None if waits else self.site.editions.of_code(word)
        return found if found and self.site.editions.known(found) else super().edition_meant()

    @property
    def hub(self) -> Hub:
        """The rooms of this edition."""
        return self.edition.rooms

    @property
    def live(self) -> Live:
        """The webinars, in the language of the answer."""
        return Live(self.site.store, self.edition.course(self.lang), self.site.data.secret)

    def set_default_headers(self) -> None:
        """Set what protects every answer; what is no page needs less of it."""
        super().set_default_headers()
        if self.speaks_json:
            for name in ("Permissions-Policy", "Cross-Origin-Opener-Policy", "Referrer-Policy"):
                self.clear_header(name)

    @property
    def content_security_policy(self) -> str:
        """What the answer may load: JSON loads nothing."""
        return "default-src 'none'" if self.speaks_json else super().content_security_policy

    async def channel(self, word: str) -> Channel:
        """Return the room with a code, or with a link's `<code>.<token>`. Raises an HTTP error where there is none.

        Who guesses codes has to wait, and with them everybody at that address who types one. Who has the link, is
        signed in or sits in the room has not.
        """
        code, _, token = word[:100].partition(".")
        channel = await self.hub.find(code)
        if token:
            if channel is None or not hmac.compare_digest(self.link_token(channel), token.strip().lower()):
                raise web.HTTPError(404)
            return channel
        if channel is not None and await self.sitter(channel) is not None:
            return channel
        address = self.request.remote_ip or ""
        if seconds := self.site.guesses.wait(address):
            self.set_header("Retry-After", str(math.ceil(seconds)))
            raise web.HTTPError(429)
        if channel is not None:
            return channel
        self.site.guesses.wrong(address)
        raise web.HTTPError(404)

    def link_token(self, channel: Channel) -> str:
        """Return what stands behind the code in the link of a room."""
        return self.site.accounts.keys.live_token(channel.room.id, channel.room.code)

    # -- who asks ----------------------------------------------------------------------------------------------------

    async def sitter(self, channel: Channel) -> Sitter | None:
        """Return who asks, or None if it is nobody the room knows."""
        if (visitor := self.visitor) is not None:
            return Sitter(visitor.person_id, visitor.name, facilitator=visitor.role == "facilitator")
        raw = self.get_signed_cookie(self._guest_cookie(channel), max_age_days=GUEST_DAYS)
        room, _, rest = raw.decode("utf-8", "replace").partition(":") if raw else ("", "", "")
        who, _, name = rest.partition(":")
        if room != str(channel.room.id) or not who.startswith("g-"):
            return None
        return Sitter(who, name, guest=True)

    async def seat(self, channel: Channel) -> Sitter:
        """Return who asks, sitting in the room. Raises 403 for nobody, and for who was taken out."""
        sitter = await self.sitter(channel)
        if sitter is None:
            raise web.HTTPError(403)
        if sitter.facilitator:
            return sitter
        if sitter.who in channel.seated:
            welcome = not await self.hub.reading(lambda: channel.room.is_removed(sitter.who))
        else:
            welcome = await channel.sit((sitter.who, sitter.name))
        if not welcome:
            raise web.HTTPError(403, reason="removed")
        channel.seated.add(sitter.who)
        return sitter

    async def may_peek(self, channel: Channel, sitter: Sitter, activity: str) -> bool:
        """Whether somebody sees results that are covered: at home who has answered, as the room did.

        When all is closed for good, whoever comes sees those of the boards that were open at home.
        """
        state = await channel.read()
        asked = channel.room.webinar.activity(activity)
        if state["state"] == CLOSED:
            return asked is not None and asked.home
        stand = state["activities"].get(activity)
        if state["state"] != HOME or stand is None or stand["phase"] != OPEN:
            return False
        return await self.hub.reading(lambda: channel.room.mine(sitter.who, activity)) is not None

    async def facilitator(self, channel: Channel) -> Sitter:
        """Return the facilitator who asks. Raises 403 for anybody else."""
        sitter = await self.sitter(channel)
        if sitter is None or not sitter.facilitator:
            raise web.HTTPError(403)
        return sitter

    def guest(self, channel: Channel, once: str, name: str) -> Sitter:
        """Return the guest that a form makes: the same form sent twice makes one."""
        key = self.site.derive("live guest")
        once = once if len(once) >= SHORTEST_ONCE else secrets.token_hex(16)
        message = f"{channel.room.id}\0{once}\0{name}".encode()
        who = f"g-{hmac.new(key, message, hashlib.sha256).hexdigest()[:12]}"
        return Sitter(who, name, guest=True)

    def welcome_guest(self, channel: Channel, guest: Sitter) -> None:
        """Give the browser the cookie of a guest."""
        value = f"{channel.room.id}:{guest.who}:{guest.name}"
        self.set_signed_cookie(
            self._guest_cookie(channel),
            value,
            expires_days=GUEST_DAYS,
            httponly=True,
            path=self.site.base,
        )

    def _guest_cookie(self, channel: Channel) -> str:
        return f"academy-guest-{self.site.cookie_suffix}-{channel.room.id}"

    # -- what comes and goes -----------------------------------------------------------------------------------------

    def sent(self) -> dict[str, object]:
        """Return what was sent as JSON. Raises 400 if it is no JSON object."""
        if len(self.request.body) > LARGEST_ANSWER:
            raise web.HTTPError(413)
        try:
            found = read_json(self.request.body)
        except ValueError:
            raise web.HTTPError(400) from None
        if not isinstance(found, dict):
            raise web.HTTPError(400)
        return found

    @property
    def is_json(self) -> bool:
        """Whether JSON was sent."""
        kind: str = self.request.headers.get("Content-Type", "")
        return kind.partition(";")[0].strip() == "application/json"

    def give(self, status: int = 200, **found: object) -> None:
        """Answer with JSON."""
        self.set_status(status)
        self.set_header("Content-Type", "application/json; charset=utf-8")
        self.finish(json.dumps(found, ensure_ascii=False, separators=(",", ":")))

    def refuse(self, error: StoreError) -> None:
        """Answer with what is in the way, and with the answer that counts where there is one."""
        if isinstance(error, BusyError):
            raise error
        more: dict[str, object] = {"mine": error.mine} if isinstance(error, AnsweredError) else {}
        if isinstance(error, LateError):
            more["late"] = True
        self.give(409, error=self.gettext(str(error)), **more)

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        """Answer with a sentence: as JSON to a script, as a page to a person."""
        if not self.speaks_json:
            super().write_error(status_code, **kwargs)
            return
        error = (kwargs.get("exc_info") or (None, None, None))[1]
        if isinstance(error, StoreError):
            self.give(503, error=self.gettext(str(error)))
            return
        self.give(status_code, error=self._explain(status_code, reason_of(kwargs))[1])

    def _explain(self, status: int, reason: str) -> tuple[str, str]:
        _ = self.gettext
        if status == 404:
            return _("No session has this code"), _(
                "Please look at the code on the screen again. It has six letters and digits."
            )
        if status == 429:
            return _("Please wait a little"), _("That was too often. Please wait a little, then try again.")
        if status == 403 and reason == "removed":
            return _("You were taken out of this session"), _("Please speak with your facilitator.")
        return super()._explain(status, reason)
