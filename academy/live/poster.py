"""Draws results as a picture (SVG with title and description): for a report, a slide, a wall.

It is drawn of results without small counts (`academy.live.results`), in the course's words, from right to left where
the language is. What does not fit is counted in the last line, never left out silently.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from xml.sax.saxutils import escape

from academy.course import LiveActivity
from academy.i18n import plural
from academy.live.kinds import KINDS
from academy.live.sheet import EDGE, FONTS, INSIDE, SOFT, WIDE, Sheet, lines_of

__all__ = ["poster"]


def poster(activity: LiveActivity, results: Mapping[str, Any] | None, language: str) -> str:
    """Return the picture of an activity's results, as `academy.live.results` gives them."""
    sheet = Sheet(language)
    sheet.lines(EDGE, lines_of(activity.title, 56, INSIDE), 56, weight=700)
    if results is None or results.get("hidden"):
        sheet.y += 20
        text = sheet.gettext("Too few have answered to show anything: counts about few people stay hidden.")
        sheet.lines(EDGE, lines_of(text, 34, INSIDE), 34, fill=SOFT)
    else:
        answers = plural(language)("1 answer", "{n} answers", results["n"])
        sheet.lines(EDGE, [answers.format(n=results["n"])], 32, fill=SOFT)
        sheet.y += 26
        KINDS[activity.kind].draw(sheet, activity, results)
    return _svg(sheet, activity.title)


def _svg(sheet: Sheet, title: str) -> str:
    height = sheet.y + EDGE
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {height:g}" width="{WIDE}" height="{height:g}"'
        f' role="img" font-family="{FONTS[sheet.pen.rtl]}">'
        f'<title>{escape(title)}</title><rect width="{WIDE}" height="{height:g}" fill="#fff"/>'
        f"{''.join(sheet.pen.parts)}</svg>"
    )
