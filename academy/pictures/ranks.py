"""Slope chart: two orders of the same things beside each other."""

from __future__ import annotations

from collections.abc import Sequence

from academy.pictures.picture import WIDTH, Pen, Picture, cut, table

__all__ = ["ranks"]

LEFT, TOP, ROW = 4, 24, 34
LETTERS = 18
"""Of each of a name's two lines."""
INNER = 122
"""How far the lines between the orders begin from the edges."""


def ranks(
    first: Sequence[str],
    second: Sequence[str],
    *,
    names: tuple[str, str],
    sentence: str,
    head: Sequence[str],
    rows: Sequence[Sequence[object]],
    language: str = "en",
) -> Picture:
    """Draw two orders as columns, with a line from each thing in the first to its place in the second.

    A thing that lies three places apart or more has a heavy line.
    """
    pen = Pen(TOP + ROW * max(len(first), len(second)) + 4, language)
    pen.text(LEFT, 13, cut(names[0], 24), size=12)
    pen.text(WIDTH - LEFT, 13, cut(names[1], 24), "end", size=12)
    for place, name in enumerate(first):
        _write(pen, place, name, "start")
        if name in second:
            other = second.index(name)
            way = [(INNER, _middle(place)), (WIDTH - INNER, _middle(other))]
            apart = abs(other - place) >= 3
            pen.path(
                way,
                "far" if apart else "near",
                fill="none",
                stroke="currentColor",
                stroke_width=3 if apart else 1,
            )
    for place, name in enumerate(second):
        _write(pen, place, name, "end")
    return Picture(pen.svg(), sentence, list(head), table(rows))


def _middle(place: int) -> int:
    return TOP + ROW * place + 16


def _write(pen: Pen, place: int, name: str, side: str) -> None:
    """Write a name on one line or two, its place before it."""
    x = LEFT if side == "start" else WIDTH - LEFT
    one, two = _halves(f"{place + 1}. {name}")
    for n, line in enumerate((one, two) if two else (one,)):
        pen.text(x, _middle(place) + (-2 if two else 4) + 12 * n, line, side)


def _halves(text: str) -> tuple[str, str]:
    """The words that fit one line, and the rest, cut."""
    words = " ".join(text.split()).split(" ")
    fits = next((n for n in range(len(words), 0, -1) if len(" ".join(words[:n])) <= LETTERS), 1)
    return cut(" ".join(words[:fits]), LETTERS), cut(" ".join(words[fits:]), LETTERS)
