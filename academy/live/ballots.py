"""Keys of answers: a pseudonym, or for anonymous ones a hash that leads to nobody.

The key of an anonymous answer is an HMAC over the person's pseudonym. It needs two secrets: the one of the data
folder, and one that was made for this question (`academy.store.ties`). The second is in no database and no backup, and
is destroyed when the session is closed. Until then it is what lets a person change their answer and never have two;
afterwards nobody can tell any more whose it was. Rows keep neither time nor order, and the list of who is in the room
keeps none either.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets

from academy.people.codes import ALPHABET, normalise_code

__all__ = [
    "ENTERED",
    "guest_id",
    "item_id",
    "new_code",
    "nobody",
    "normal_code",
    "receipt",
    "row_key",
    "voter",
]

ENTERED = "x-"
"""How the rows begin that a facilitator entered for somebody who telephoned or wrote."""
CODE_LENGTH = 6


def voter(secret: bytes, salt: bytes, activity: str, round_: int, who: str) -> str:
    """Return the key of a person's anonymous answer."""
    key = hmac.new(secret, b"live ballot" + salt, hashlib.sha256).digest()
    message = f"{activity}\0{round_}\0{who}".encode()
    return "~" + hmac.new(key, message, hashlib.sha256).hexdigest()[:32]


def receipt(salt: bytes, client_id: str) -> str:
    """Return what is kept of the id with which an anonymous answer came: enough to know it when it comes again."""
    return hmac.new(salt, b"receipt" + client_id.encode(), hashlib.sha256).hexdigest()[:20]


def nobody() -> str:
    """Return a key that was never anybody's."""
    return f"~{secrets.token_hex(16)}"


def row_key() -> str:
    """Return the public name of a row, which says nothing about its person."""
    return secrets.token_hex(5)


def item_id(key: str, text: object) -> str:
    """Return what a text of a row is called: another text in the same row is another item, to be let through anew."""
    return hashlib.sha256(f"{key}/{text}".encode()).hexdigest()[:10]


def guest_id() -> str:
    """Return the pseudonym of a guest."""
    return f"g-{secrets.token_hex(6)}"


def new_code() -> str:
    """Return a code for a session, short enough to be typed from a projector."""
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))


def normal_code(text: str) -> str | None:
    """Return the code meant by what somebody typed, or None if it can't be one."""
    return normalise_code(text, CODE_LENGTH)
