"""Pseudonyms, link tokens and codes.

Codes are Crockford's base32 (https://www.crockford.com/base32.html): no I, L, O or U, so that a code can
be read aloud and copied from a screen. Links and codes are derived from the data folder's secret, the
pseudonym and a generation: they can be shown again, and the database, which holds only keyed digests, gives
none of them away.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import unicodedata

__all__ = ["Keys", "new_id", "normalise_code", "normalise_token", "show_code"]

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 8
TOKEN_LENGTH, LIVE_TOKEN_LENGTH = 26, 20
_LOOKALIKES = str.maketrans({"O": "0", "I": "1", "L": "1"})


def new_id(letter: str) -> str:
    """Return a random pseudonym such as `p-7k3m9q`."""
    return f"{letter}-{''.join(secrets.choice(ALPHABET) for _ in range(6)).lower()}"


def normalise_code(text: str, length: int = CODE_LENGTH) -> str | None:
    """Return the characters, eight of them, meant by what a person typed, or None if it can't be a code.

    Case, spaces, hyphens and dashes don't matter; O is read as 0, I and L as 1; digits of any script count.
    """
    if len(text) > 100:
        return None
    kept = []
    for char in unicodedata.normalize("NFKC", text):
        if char.isspace() or unicodedata.category(char) in ("Pd", "Cf") or char in "−_.":
            continue
        digit = unicodedata.decimal(char, None)
        kept.append(char.upper() if digit is None else str(digit))
    code = "".join(kept).translate(_LOOKALIKES)
    return code if len(code) == length and set(code) <= set(ALPHABET) else None


def normalise_token(text: str) -> str | None:
    """Return the token of a link as it was made, or None if it can't be one: programs change the case of links."""
    token = text.strip().lower()
    return token if len(token) == TOKEN_LENGTH and set(token.upper()) <= set(ALPHABET) else None


def show_code(code: str) -> str:
    """Return a code as people read it: `XXXX-XXXX`."""
    return f"{code[:4]}-{code[4:]}"


class Keys:
    """What is derived from the data folder's secret."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    def link_token(self, person_id: str, generation: int) -> str:
        """Return the token of a personal link: 26 letters and digits, 130 bits.

        No `-` or `_`, which programs for messages leave out at the end of a link, and no capitals, which they add.
        """
        return _base32(self._derive("link", f"{person_id}/{generation}"), TOKEN_LENGTH).lower()

    def code(self, person_id: str, generation: int) -> str:
        """Return a personal code of eight characters."""
        return _base32(self._derive("code", f"{person_id}/{generation}"))

    def join_code(self, generation: int) -> str:
        """Return the code with which anybody may join while joining is open."""
        return _base32(self._derive("join", str(generation)))

    def join_token(self, generation: int) -> str:
        """Return the token of the link with which anybody may join: as long as that of a personal link."""
        return _base32(self._derive("join link", str(generation)), TOKEN_LENGTH).lower()

    def live_token(self, room: int, code: str) -> str:
        """Return what stands behind a live session's code in its link: 20 letters and digits, 100 bits."""
        return _base32(self._derive("live link", f"{room}/{code}"), LIVE_TOKEN_LENGTH).lower()

    def digest(self, kind: str, value: str) -> bytes:
        """Return what the database keeps of a token or code.

        The digest is keyed: a copy of the database alone can't be used to guess short codes.
        """
        return self._derive(f"digest {kind}", value)

    def _derive(self, purpose: str, value: str) -> bytes:
        message = f"academy people\0{purpose}\0{value}".encode("utf-8", "surrogatepass")
        return hmac.new(self._secret, message, hashlib.sha256).digest()


def _base32(raw: bytes, length: int = CODE_LENGTH) -> str:
    number = int.from_bytes(raw, "big")
    return "".join(ALPHABET[number >> 5 * place & 31] for place in range(length))
