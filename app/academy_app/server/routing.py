"""Addresses of editions: `/c/<edition>/…` is what `/…` is, within that edition."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from tornado.httputil import HTTPServerRequest
from tornado.routing import Matcher, PathMatches

__all__ = ["InEdition", "edition_in"]

_EDITION = re.compile(r"c/([a-z0-9_-]{1,64})(/.*)?")


def edition_in(address: str, base: str) -> str | None:
    """Return the edition that an address belongs to (`base` ends in a slash), or None."""
    found = _EDITION.fullmatch(address.partition("?")[0].partition("#")[0].removeprefix(base))
    return found[1] if found and address.startswith(base) else None


class InEdition(Matcher):
    """Matches a pattern below the address of an edition that there is, and notes which one it is at the request."""

    def __init__(self, base: str, pattern: str, known: Callable[[str], bool]) -> None:
        self.base, self.known = base, known
        self._inner = PathMatches(base + pattern)

    def match(self, request: HTTPServerRequest) -> dict[str, Any] | None:
        """Return what the handler is called with, or None."""
        edition = edition_in(request.path, self.base)
        if edition is None or not self.known(edition):
            return None
        whole = request.path
        request.path = self.base + whole.removeprefix(f"{self.base}c/{edition}").removeprefix("/")
        try:
            found = self._inner.match(request)
        finally:
            request.path = whole
        if found is not None:
            request.edition = edition  # type: ignore[attr-defined]
        return found
