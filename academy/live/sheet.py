"""Drawing surface for posters, with what several activity types draw."""

from __future__ import annotations

from typing import Any
from xml.sax.saxutils import escape

from academy.i18n import translator
from academy.pictures.picture import Pen

__all__ = [
    "ACCENT",
    "EDGE",
    "INK",
    "INSIDE",
    "SOFT",
    "TINT",
    "WIDE",
    "Sheet",
    "amount",
    "bar",
    "lines_of",
    "percent",
    "rest",
]

WIDE, EDGE = 1600, 70
INSIDE = WIDE - 2 * EDGE
INK, SOFT, ACCENT, TINT = "#1c2733", "#4d5b6a", "#0a5684", "#e4f0f8"
FONTS = (
    "Liberation Sans, DejaVu Sans, Noto Sans, Noto Naskh Arabic",
    "Noto Naskh Arabic, Noto Sans Arabic, DejaVu Sans",
)
"""From left to right, and from right to left."""
LETTER = 0.57
"""The mean width of a letter, as a share of the type's size."""


class Sheet:
    """A sheet that grows downwards."""

    def __init__(self, language: str) -> None:
        self.pen = Pen(0, language, WIDE)
        self.y: float = EDGE
        self.gettext = translator(language)

    def write(
        self, x: float, text: str, size: int, at: str = "start", fill: str = INK, weight: int = 400
    ) -> None:
        """Write one line at the present height, from the side where reading begins.

        Programs do not agree on what `direction` does to an anchor, so anchors are turned round here.
        """
        turned = {"start": "end", "end": "start"} if self.pen.rtl else {}
        self.pen.parts.append(
            f'<text x="{self.pen.x(x):g}" y="{self.y:g}" font-size="{size}" fill="{fill}" font-weight="{weight}"'
            f' text-anchor="{turned.get(at, at)}">{escape(text)}</text>'
        )

    def tick(self, x: float) -> None:
        """Draw a tick beside a line: fonts have it or not."""
        way = [(x, self.y - 12), (x + 9, self.y - 3), (x + 26, self.y - 24)]
        self.pen.path(way, fill="none", stroke=ACCENT, stroke_width=6)

    def lines(self, x: float, texts: list[str], size: int, **more: Any) -> None:
        """Write lines below each other."""
        for text in texts:
            self.y += size * 1.28
            self.write(x, text, size, **more)


def lines_of(text: str, size: float, width: float) -> list[str]:
    """Break a text into lines that fit a width. A word that is longer than a line is broken too."""
    most = max(int(width / (size * LETTER)), 4)
    lines: list[str] = []
    for word in " ".join(text.split()).split(" "):
        while len(word) > most:
            lines.append(word[:most])
            word = word[most:]
        if lines and len(lines[-1]) + len(word) < most:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def bar(sheet: Sheet, name: str, amount: str, share: float, right: bool = False) -> None:
    """Draw a line of a list with how much it is, and a bar below it."""
    sheet.y += 14
    top, indent = sheet.y, 44 if right else 0
    sheet.lines(EDGE + indent, lines_of(name, 34, INSIDE - 330), 34, weight=700 if right else 400)
    bottom, sheet.y = sheet.y, top + 44
    if right:
        sheet.tick(EDGE)
    sheet.write(EDGE + INSIDE, amount, 34, "end", weight=700)
    sheet.y = bottom + 14
    sheet.pen.box(EDGE, sheet.y, INSIDE, 24, fill=TINT, rx=12)
    sheet.pen.box(EDGE, sheet.y, round(max(INSIDE * share, 2), 1), 24, fill=ACCENT, rx=12)
    sheet.y += 30


def amount(sheet: Sheet, n: int | None, of: int) -> str:
    """Say how many of how many, or that they are few."""
    return sheet.gettext("few") if n is None else f"{n} · {percent(n, of)} %"


def percent(n: int, of: int) -> int:
    """Return a share in whole per cent, halves upwards: as the board says it."""
    return (200 * n + of) // (2 * of)


def rest(sheet: Sheet, n: int) -> None:
    """Say how many more there are than fit."""
    if n > 0:
        sheet.y += 20
        sheet.lines(EDGE, [sheet.gettext("and {n} more").format(n=n)], 32, fill=SOFT)
