"""Renders prompts of activities: paragraphs, lists, bold and italics of CommonMark, everything else as text."""

from __future__ import annotations

from functools import lru_cache

from markdown_it import MarkdownIt

__all__ = ["prose_html"]

_MARKDOWN = MarkdownIt("zero").enable(["list", "emphasis"])
_IN_THEIR_OWN_DIRECTION = ("paragraph_open", "list_item_open")


@lru_cache(maxsize=512)
def prose_html(text: str) -> str:
    """Return a text of the course as HTML. Tags in it are shown as they were written."""
    tokens = _MARKDOWN.parse(text)
    for token in tokens:
        if token.type in _IN_THEIR_OWN_DIRECTION:
            token.attrSet("dir", "auto")
    html: str = _MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {})
    return html.strip()
