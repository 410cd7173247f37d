"""Encodes server-sent events, once for everybody.

A compressed piece ends with a full flush: it needs nothing of what came before it, so that the same bytes continue
every connection's stream, whenever that began (RFC 1951, 3.2.4; RFC 1952).
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

__all__ = ["GZIP_HEADER", "Piece", "event", "note"]

GZIP_HEADER = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"


@dataclass(frozen=True)
class Piece:
    """An event, plain and compressed."""

    plain: bytes
    packed: bytes

    def bytes_for(self, packed: bool) -> bytes:
        """Return what is written to a connection."""
        return self.packed if packed else self.plain


def event(rev: int, data: Mapping[str, object]) -> Piece:
    """Return a server-sent event with JSON data; its id is the revision."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return piece(f"id: {rev}\ndata: {text}\n\n".encode())


def note(name: str, data: Mapping[str, object]) -> Piece:
    """Return an event with a name of its own, beside those that follow the state."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return piece(f"event: {name}\ndata: {text}\n\n".encode())


def piece(plain: bytes) -> Piece:
    """Compress bytes so that they can continue any stream."""
    packer = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
    return Piece(plain, packer.compress(plain) + packer.flush(zlib.Z_FULL_FLUSH))
