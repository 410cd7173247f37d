"""Content-Security-Policies of the kit's pages."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import lru_cache

__all__ = ["form_policy", "full_policy", "page_policy", "style_sources"]

_HOST = re.compile(r"[A-Za-z0-9.\-]+(?::\d+)?|\[[0-9A-Fa-f:.]+\](?::\d+)?")
_STYLE = re.compile(r"<style>((?:[^<]|<(?!/?style>))*+)</style>")


def page_policy(host: str, ancestors: tuple[str, ...], scripts: tuple[str, ...] = ()) -> str:
    """Return the policy of a course page: our own files, and no style written into the page, nor scripts but these.

    `blob:` is for widgets whose code comes through the kernel: only a script that runs already can make such an
    address. Attributes that style are for tables and pictures that notebooks make.
    """
    return _policy(
        host,
        ancestors,
        script=" ".join(["'self'", "blob:", *map(_hash, scripts)]),
        style="'self'",
        more=["style-src-attr 'unsafe-inline'", "img-src 'self' data: blob:"],
    )


def form_policy(host: str, ancestors: tuple[str, ...], html: str = "", scripts: tuple[str, ...] = ()) -> str:
    """Return the policy of one of our small pages: its own style and these scripts, known by their hashes."""
    style = " ".join(["'self'", *style_sources(html)])
    script = " ".join(["'self'", *map(_hash, scripts)])
    return _policy(host, ancestors, script=script, style=style, more=["img-src 'self' data:"])


def full_policy(host: str, ancestors: tuple[str, ...]) -> str:
    """Return the policy of a page in Voilà's own template, which is full of scripts: still nothing of others."""
    return _policy(
        host,
        ancestors,
        script="'self' blob: 'unsafe-inline' 'unsafe-eval'",
        style="'self' 'unsafe-inline'",
        more=["img-src 'self' data: blob:", "font-src 'self' data:", "worker-src 'self' blob:"],
    )


def style_sources(html: str) -> list[str]:
    """Return the hash of each style written into a page, as a source of a policy."""
    return [_hash(style) for style in _STYLE.findall(html)]


@lru_cache(maxsize=16)
def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def _policy(host: str, ancestors: tuple[str, ...], *, script: str, style: str, more: list[str]) -> str:
    # older Safari leaves websockets out of 'self'
    sockets = f" ws://{host} wss://{host}" if _HOST.fullmatch(host) else ""
    return "; ".join(
        [
            "default-src 'self'",
            f"script-src {script}",
            f"style-src {style}",
            *more,
            f"connect-src 'self'{sockets}",
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'self'",
            f"frame-ancestors {' '.join(ancestors)}",
        ]
    )
