"""A chart, and the few pieces of SVG of which all of them are made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from academy.i18n import direction

__all__ = ["WIDTH", "Pen", "Picture", "cut", "table"]

WIDTH = 320
SIZE = 11
"""Of letters, where nothing else is said."""


@dataclass(frozen=True)
class Picture:
    """A drawing, a sentence that says what it shows, and its data as a table with a head."""

    svg: str
    sentence: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]

    @property
    def size(self) -> int:
        """Bytes of the drawing."""
        return len(self.svg.encode())


def table(rows: Sequence[Sequence[object]]) -> list[list[str]]:
    """Return the rows of a table as texts."""
    return [["" if cell is None else str(cell) for cell in row] for row in rows]


def cut(text: object, most: int) -> str:
    """Return a text on one line, not longer than `most` characters."""
    line = " ".join(str(text).split())
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"


class Pen:
    """Draws on a sheet 320 wide, or as wide as is said.

    In languages from right to left the sheet is turned round, its texts are not.
    """

    def __init__(self, height: float, language: str, width: float = WIDTH) -> None:
        self.height, self.width = height, width
        self.rtl = direction(language) == "rtl"
        self.parts: list[str] = []

    def x(self, x: float) -> float:
        """Return where a place lies, counted from the side where reading begins."""
        return self.width - x if self.rtl else x

    def line(self, x1: float, y1: float, x2: float, y2: float, kind: str = "", **more: object) -> None:
        """Draw a line."""
        self._add("line", kind, x1=self.x(x1), y1=y1, x2=self.x(x2), y2=y2, **more)

    def box(self, x: float, y: float, width: float, height: float, kind: str = "", **more: object) -> None:
        """Draw a rectangle."""
        left = self.width - x - width if self.rtl else x
        self._add("rect", kind, x=left, y=y, width=width, height=height, **more)

    def dot(self, x: float, y: float, radius: float, kind: str = "", **more: object) -> None:
        """Draw a circle."""
        self._add("circle", kind, cx=self.x(x), cy=y, r=radius, **more)

    def path(self, points: Sequence[tuple[float, float]], kind: str = "", **more: object) -> None:
        """Draw a line through places."""
        way = " ".join(f"{_short(self.x(x))},{_short(y)}" for x, y in points)
        self._add("polyline", kind, points=way, **more)

    def text(
        self, x: float, y: float, said: object, at: str = "start", size: int = SIZE, kind: str = ""
    ) -> None:
        """Write a text that starts, has its middle or ends at a place."""
        more: dict[str, object] = {} if at == "start" else {"text_anchor": at}
        more |= {} if size == SIZE else {"font_size": size}
        mark = f' class="{kind}"' if kind else ""
        self.parts.append(f"<text{mark}{_attributes(x=self.x(x), y=y, **more)}>{escape(str(said))}</text>")

    def svg(self) -> str:
        """Return the drawing. It is for the eye: the sentence and the table say the same to everybody."""
        way = ' direction="rtl"' if self.rtl else ""
        wide, high = _short(self.width), _short(self.height)
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" class="picture" viewBox="0 0 {wide} {high}"'
            f' width="{wide}" height="{high}" fill="currentColor" stroke="none"'
            f' font-family="sans-serif" font-size="{SIZE}" aria-hidden="true" focusable="false"{way}>'
            f"{''.join(self.parts)}</svg>"
        )

    def _add(self, name: str, kind: str, **attributes: object) -> None:
        mark = f" class={quoteattr(kind)}" if kind else ""
        self.parts.append(f"<{name}{mark}{_attributes(**attributes)}/>")


def _attributes(**attributes: object) -> str:
    return "".join(
        f" {name.replace('_', '-')}={quoteattr(_short(value))}" for name, value in attributes.items()
    )


def _short(value: object) -> str:
    return f"{value:.1f}".removesuffix(".0") if isinstance(value, float) else str(value)
