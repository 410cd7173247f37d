"""The prompts of activities as HTML: paragraphs, lists, bold and italics. Everything else is text."""

from __future__ import annotations

from functools import lru_cache
from html import escape

import regex

__all__ = ["prose_html"]

_ITEM = regex.compile(r"(?:[-*•]|(\d{1,3})[.)])\s+(.*)", regex.DOTALL)
_BOLD = regex.compile(r"\*\*(?=\S)((?:[^*]|\*(?!\*))+)(?<=\S)\*\*")
_ITALIC = regex.compile(r"\*(?=\S)([^*]+)(?<=\S)\*")


@lru_cache(maxsize=512)
def prose_html(text: str) -> str:
    """Return a text of the course as HTML. Tags in it are shown as they were written."""
    blocks = regex.split(r"\n\s*\n", text.strip())
    return "".join(_block([line.strip() for line in block.split("\n")]) for block in blocks if block.strip())


def _block(lines: list[str]) -> str:
    """A paragraph, a list, or a paragraph with a list after it."""
    first = next((place for place, line in enumerate(lines) if _ITEM.fullmatch(line)), len(lines))
    html = f'<p dir="auto">{_inline(" ".join(lines[:first]))}</p>' if first else ""
    items: list[str] = []
    for line in lines[first:]:
        found = _ITEM.fullmatch(line)
        if found:
            items.append(found[2])
        else:
            items[-1] += f" {line}"
    if items:
        tag = "ol" if lines[first][0].isdigit() else "ul"
        html += f"<{tag}>{''.join(f'<li dir=auto>{_inline(item)}</li>' for item in items)}</{tag}>"
    return html


def _inline(text: str) -> str:
    return _ITALIC.sub(r"<em>\1</em>", _BOLD.sub(r"<strong>\1</strong>", escape(text)))
