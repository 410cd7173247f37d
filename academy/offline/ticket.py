"""The sealed ticket of an answers file: whose form of which exercise it is."""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime

__all__ = ["Seals", "Ticket"]

LONGEST = 100


@dataclass(frozen=True)
class Ticket:
    """Who took which version of which exercise home, and when. `owner` is the person, or the team whose work it is."""

    course: str
    exercise: str
    version: str
    person: str
    owner: str
    issued: str

    @property
    def issued_at(self) -> datetime:
        """When the form left the server."""
        return datetime.fromisoformat(self.issued).astimezone(UTC)


class Seals:
    """Seals tickets, and knows its own again, with a key derived from the data folder's secret (HMAC, RFC 2104)."""

    def __init__(self, secret: bytes) -> None:
        self._key = hmac.new(secret, b"academy offline form", hashlib.sha256).digest()

    def sealed(self, ticket: Ticket) -> dict[str, str]:
        """Return a ticket with its seal."""
        return asdict(ticket) | {"seal": self._seal(ticket)}

    def ticket(self, sealed: object) -> Ticket | None:
        """Return the ticket, or None if it is none or its seal does not fit."""
        if not isinstance(sealed, dict):
            return None
        values = {field.name: sealed.get(field.name) for field in fields(Ticket)}
        if not all(isinstance(value, str) and len(value) <= LONGEST for value in values.values()):
            return None
        ticket = Ticket(**{name: str(value) for name, value in values.items()})
        seal = sealed.get("seal")
        if not isinstance(seal, str):
            return None
        fits = hmac.compare_digest(seal.encode("utf-8", "replace"), self._seal(ticket).encode())
        return ticket if fits else None

    def _seal(self, ticket: Ticket) -> str:
        message = json.dumps(asdict(ticket), sort_keys=True).encode()
        return hmac.new(self._key, message, hashlib.sha256).hexdigest()
