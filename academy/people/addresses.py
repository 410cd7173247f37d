"""E-mail addresses as they are kept and compared; RFC 5321 and RFC 6531, read in one pass over the letters."""

from __future__ import annotations

import ipaddress
import unicodedata

__all__ = ["clean_email"]

LONGEST = 254
_JOINERS = "\u200c\u200d"  # they belong to names in Persian and Indic scripts
_NOT_IN_ATOMS = frozenset('"(),:;<>@[\\]')


def clean_email(text: str) -> str | None:
    """Return an e-mail address in NFC and lower case, or None if it can't be one.

    A domain has at least two names, or is an address in brackets. What cannot be seen (spaces of no width, direction
    marks) is left out, and so are `mailto:` and a name before `<address>`.
    """
    if len(text) > 4 * LONGEST:
        return None
    seen = "".join(c for c in unicodedata.normalize("NFC", text) if c in _JOINERS or _shows(c)).strip()
    if seen.endswith(">") and "<" in seen:
        seen = seen[:-1].rpartition("<")[2]
    email = seen.strip().strip(_JOINERS).lower().removeprefix("mailto:").replace("\uff20", "@")
    local, at, domain = email.rpartition("@")
    sound = bool(at) and len(email) <= LONGEST and _is_local(local) and _is_domain(domain)
    return email if sound else None


def _shows(char: str) -> bool:
    return char.isspace() or unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Cn", "Co")


def _is_local(text: str) -> bool:
    """What stands before the at sign: words with dots between them, or anything in quotation marks."""
    if len(text) > 2 and text.startswith('"') and text.endswith('"'):
        inner = text[1:-1].replace("\\\\", "").replace('\\"', "")
        return not set(inner) & set('"\\\r\n')
    return all(text.split(".")) and not any(char in _NOT_IN_ATOMS or char.isspace() for char in text)


def _is_domain(text: str) -> bool:
    if text.startswith("[") and text.endswith("]"):
        try:
            ipaddress.ip_address(text[1:-1].removeprefix("ipv6:"))
        except ValueError:
            return False
        return True
    names = text.split(".")
    return len(names) > 1 and all(
        name and not name.startswith("-") and not name.endswith("-") and all(map(_is_of_host, name))
        for name in names
    )


def _is_of_host(char: str) -> bool:
    return char in "-\u00b7" + _JOINERS or unicodedata.category(char)[0] in "LNM"
