"""Identity provider: a signed cookie holds the pseudonym, the database says whether it is still valid."""

from __future__ import annotations

import hashlib
import re
import secrets
import time
from dataclasses import dataclass
from typing import Any

from jupyter_server.auth.identity import IdentityProvider, User

from academy.people import Account, Person
from academy_app.server.signin.signouts import DAYS

__all__ = ["CourseIdentity", "Visitor"]

_MARK = re.compile(r"[0-9a-f]{16}")
RENEW_AFTER_DAYS = 3


@dataclass
class Visitor(User):
    """A signed-in person, as the database has them now. In an edition only who is in it is anybody."""

    role: str = ""
    """What they are in the edition that the address belongs to; nothing where it belongs to none."""
    language: str | None = None
    epoch: int = 0
    mark: str = ""
    """Which of their sign-ins this is: each browser has one of its own."""

    @property
    def person_id(self) -> str:
        """The pseudonym."""
        return self.username


class CourseIdentity(IdentityProvider):
    """Knows people by the cookie that a personal link, a code or joining gave them.

    There is no token and no password: nothing in a query or a header signs anybody in.
    """

    token = ""

    def __init__(self, **settings: Any) -> None:
        settings.pop("login_handler_class", None)  # Voilà sets its own
        settings.pop("token", None)
        super().__init__(**settings)

    @property
    def auth_enabled(self) -> bool:
        """Always: nobody gets in without signing in."""
        return True

    @property
    def login_available(self) -> bool:
        """Always."""
        return True

    def get_handlers(self) -> list[tuple[str, object]]:
        """Return nothing: the routes are listed in one place, `academy_app.server.routes`."""
        return []

    def is_token_authenticated(self, handler: Any) -> bool:
        """Never: so the checks against forged requests always apply."""
        return False

    def should_check_origin(self, handler: Any) -> bool:
        """Always."""
        return True

    def account(self, handler: Any) -> Account | None:
        """Return the account of the cookie if it is open, and neither it nor all its sessions were ended since."""
        person_id, epoch, _, mark = self._read(handler)
        if person_id is None or mark in handler.settings["academy"].signouts:
            return None
        account: Account | None = handler.settings["academy"].accounts.account(person_id)
        if account is None or not account.active or account.session_epoch != epoch:
            return None
        return account

    async def get_user(self, handler: Any) -> Visitor | None:
        """Return who has the cookie; at an address of an edition nobody who is not in it."""
        account = self.account(handler)
        if account is None:
            return None
        _, _, day, mark = self._read(handler)
        person = handler.member(account.id) if getattr(handler, "in_edition", False) else account
        if person is None:
            return None
        if getattr(handler, "renews_cookie", False) and today() - day >= RENEW_AFTER_DAYS:
            self.sign_in(handler, account, mark)
        return Visitor(
            username=account.id,
            name=person.display_name,
            display_name=person.display_name,
            role=getattr(person, "role", ""),
            language=account.language,
            epoch=account.session_epoch,
            mark=mark,
        )

    def sign_in(self, handler: Any, person: Account | Person, mark: str = "") -> None:
        """Give the browser the cookie."""
        value = f"{person.id}:{person.session_epoch}:{today()}:{mark or secrets.token_hex(8)}"
        handler.set_signed_cookie(_name(handler), value, expires_days=DAYS, httponly=True)

    def sign_out(self, handler: Any) -> None:
        """Take the cookie back, and let no copy of it open anything any more."""
        *_, mark = self._read(handler)
        if mark:
            handler.settings["academy"].signouts.end(mark)
        handler.clear_cookie(_name(handler), path=handler.settings["academy"].base)

    def _read(self, handler: Any) -> tuple[str | None, int, int, str]:
        raw = handler.get_signed_cookie(_name(handler), max_age_days=DAYS)
        parts = raw.decode("ascii", "replace").split(":") if raw else []
        if len(parts) == 3:  # from before sign-ins had marks: the cookie itself is one
            cookie = handler.get_cookie(_name(handler))
            parts.append(hashlib.sha256(cookie.encode()).hexdigest()[:16])
        if len(parts) != 4 or not (
            parts[1].isdecimal() and parts[2].isdecimal() and _MARK.fullmatch(parts[3])
        ):
            return None, 0, 0, ""
        return parts[0], int(parts[1]), int(parts[2]), parts[3]


def today() -> int:
    """Return the number of this day, as it stands in the cookie."""
    return int(time.time() // 86400)


def _name(handler: Any) -> str:
    """Two courses on one host, which share their cookies whatever the port, need two names."""
    return f"academy-{handler.settings['academy'].cookie_suffix}"
