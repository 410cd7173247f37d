"""Results as a picture to take along: for a report, a slide, a wall. An SVG that says in its title what it shows.

It is drawn of results without small counts (`academy.live.results`), in the course's words, from right to left where
the language is. What does not fit is counted in the last line, never left out silently.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from xml.sax.saxutils import escape

from academy.course import LiveActivity
from academy.course.webinar import GRID
from academy.i18n import translator
from academy.live.values import HERE
from academy.pictures.picture import Pen

__all__ = ["WIDE", "lines_of", "poster"]

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
MOST_TEXTS, MOST_WORDS = 24, 40


class Sheet:
    """A sheet that grows downwards."""

    def __init__(self, language: str) -> None:
        self.pen = Pen(0, language, WIDE)
        self.y: float = EDGE
        self.say = translator(language)

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


def poster(activity: LiveActivity, results: Mapping[str, Any] | None, language: str) -> str:
    """Return the picture of an activity's results, as `academy.live.results` gives them."""
    sheet = Sheet(language)
    sheet.lines(EDGE, lines_of(activity.title, 56, INSIDE), 56, weight=700)
    if results is None or results.get("hidden"):
        sheet.y += 20
        text = sheet.say("Too few have answered to show anything: counts about few people stay hidden.")
        sheet.lines(EDGE, lines_of(text, 34, INSIDE), 34, fill=SOFT)
    else:
        sheet.lines(EDGE, [sheet.say("{n} answers").format(n=results["n"])], 32, fill=SOFT)
        sheet.y += 26
        _DRAW[activity.kind](sheet, activity, results)
    return _svg(sheet, activity.title)


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


def _svg(sheet: Sheet, title: str) -> str:
    height = sheet.y + EDGE
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {height:g}" width="{WIDE}" height="{height:g}"'
        f' role="img" font-family="{FONTS[sheet.pen.rtl]}">'
        f'<title>{escape(title)}</title><rect width="{WIDE}" height="{height:g}" fill="#fff"/>'
        f"{''.join(sheet.pen.parts)}</svg>"
    )


def _bar(sheet: Sheet, name: str, amount: str, share: float, right: bool = False) -> None:
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


def _bars(sheet: Sheet, activity: LiveActivity, results: Mapping[str, Any]) -> None:
    counts, right = results["counts"], set(results.get("right", ()))
    all_ = max(results["n"], 1)  # a bar that fills its track is everybody who answered
    for option in activity.options:
        n = counts.get(option.id, 0)
        _bar(sheet, option.text, _amount(sheet, n, results["n"]), (n or 0) / all_, option.id in right)


def _amount(sheet: Sheet, n: int | None, of: int) -> str:
    return sheet.say("few") if n is None else f"{n} · {round(100 * n / of)} %"


def _scale(sheet: Sheet, activity: LiveActivity, results: Mapping[str, Any]) -> None:
    scale, counts = activity.scale, results["counts"]
    all_ = max(results["n"], 1)
    for step in scale.steps:
        said = {scale.least: scale.low, scale.most: scale.high}.get(step, "")
        n = counts.get(str(step), 0)
        name = f"{step}  {said}".strip()
        _bar(sheet, name, _amount(sheet, n, results["n"]), (n or 0) / all_)
    if "mean" in results:
        sheet.y += 10
        sheet.lines(EDGE, [sheet.say("Mean: {mean}").format(mean=f"{results['mean']:.1f}")], 36, weight=700)


def _ranking(sheet: Sheet, activity: LiveActivity, results: Mapping[str, Any]) -> None:
    texts = {option.id: option.text for option in activity.options}
    mean, spread = results["mean"], results["spread"]
    order = results.get("right") or sorted(mean, key=lambda option: mean[option])
    left, long = EDGE + 780, INSIDE - 780 - 210
    steps = max(len(texts) - 1, 1)

    def at(place: float) -> float:
        return left + long * (min(max(place, 1), len(texts)) - 1) / steps

    for place, option in enumerate(order, 1):
        sheet.y += 16
        top = sheet.y
        sheet.lines(
            EDGE + 70, lines_of(texts.get(option, option), 34, 650), 34, weight=700 if place <= 3 else 400
        )
        bottom, sheet.y = sheet.y, top + 44
        sheet.write(EDGE, f"{place}.", 34, weight=700, fill=ACCENT)
        if option in mean:
            sheet.write(EDGE + INSIDE, f"{mean[option]:.1f} ± {spread[option]:.1f}", 32, "end")
            low, high = at(mean[option] - spread[option]), at(mean[option] + spread[option])
            middle = sheet.y - 12
            sheet.pen.line(left, middle, left + long, middle, stroke="#c3ccd5", stroke_width=3)
            sheet.pen.box(
                low, middle - 12, max(high - low, 4), 24, fill=TINT, stroke=ACCENT, stroke_width=2, rx=12
            )
            sheet.pen.dot(at(mean[option]), middle, 16, fill=ACCENT)
        sheet.y = bottom + 16
    sheet.y += 10
    note = sheet.say("Mean place ± standard deviation; 1 is first.")
    sheet.lines(EDGE, [note], 28, fill=SOFT)


def _words(sheet: Sheet, _activity: LiveActivity, results: Mapping[str, Any]) -> None:
    items = sorted(results["items"].values(), key=lambda item: -item.get("n", 1))
    most = max([item.get("n", 1) for item in items] + [1])
    x = float(EDGE)
    sheet.y += 100
    for item in items[:MOST_WORDS]:
        n = item.get("n", 1)
        size = round(34 + 56 * ((n - 1) / (most - 1)) ** 0.5) if most > 1 else 44
        text = f"{item['text']} ×{n}" if n > 1 else item["text"]
        wide = len(text) * size * 0.6 + 40
        if x > EDGE and x + wide > EDGE + INSIDE:
            x, sheet.y = float(EDGE), sheet.y + 104
        sheet.write(x, text, size, fill=ACCENT if n > 1 else INK, weight=700 if n > 1 else 400)
        x += wide
    _rest(sheet, len(items) - MOST_WORDS)


def _texts(sheet: Sheet, activity: LiveActivity, results: Mapping[str, Any]) -> None:
    items = list(results["items"].values())
    if activity.kind == "questions":
        items.sort(key=lambda item: -item.get("n", 1))
    names = {column.id: column.title for column in activity.columns}
    heading = None
    for item in (
        sorted(items, key=lambda item: list(names).index(item.get("column", "")))
        if names
        else items[:MOST_TEXTS]
    ):
        if item.get("column") != heading and names:
            heading = item.get("column")
            sheet.y += 18
            sheet.lines(EDGE, [names.get(str(heading), "")], 36, weight=700, fill=ACCENT)
        many = item.get("n", 1)
        mark = f"({many})" if activity.kind == "questions" else "·"
        top = sheet.y + 32 * 1.28
        sheet.lines(EDGE + 100, lines_of(item["text"], 32, INSIDE - 100), 32)
        bottom, sheet.y = sheet.y, top
        sheet.write(EDGE, mark, 32, weight=700, fill=ACCENT)
        sheet.y = bottom + 14
    _rest(sheet, 0 if names else len(items) - MOST_TEXTS)


def _rest(sheet: Sheet, n: int) -> None:
    if n > 0:
        sheet.y += 20
        sheet.lines(EDGE, [sheet.say("and {n} more").format(n=n)], 32, fill=SOFT)


def _place(sheet: Sheet, activity: LiveActivity, results: Mapping[str, Any]) -> None:
    assert activity.axes is not None
    wide, high = 900, 640
    named = {option.id: option.text for option in activity.options} or {HERE: activity.title}
    sheet.lines(EDGE, ["↑"], 28, fill=SOFT)
    sheet.write(EDGE + 30, _ends(activity.axes.y), 28, fill=SOFT)
    top = sheet.y + 16
    for n in range(GRID + 1):
        x, y = EDGE + wide * n / GRID, top + high * n / GRID
        sheet.pen.line(x, top, x, top + high, stroke="#c3ccd5", stroke_width=2)
        sheet.pen.line(EDGE, y, EDGE + wide, y, stroke="#c3ccd5", stroke_width=2)
    sheet.y = top
    for letter, (thing, text) in zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", named.items(), strict=False):
        about = results["things"].get(thing, {})
        if "x" in about:
            x = EDGE + wide * (about["x"] - 0.5) / GRID
            y = top + high - high * (about["y"] - 0.5) / GRID
            sheet.pen.dot(x, y, 30, fill=ACCENT, stroke="#fff", stroke_width=4)
            kept, sheet.y = sheet.y, y + 12
            sheet.write(x, letter, 34, "middle", fill="#fff", weight=700)
            sheet.y = kept
        top_line = sheet.y + 32 * 1.28
        sheet.lines(EDGE + wide + 110, lines_of(text, 32, INSIDE - wide - 110), 32)
        below, sheet.y = sheet.y, top_line
        sheet.write(EDGE + wide + 60, letter, 32, weight=700, fill=ACCENT)
        sheet.y = below
        sheet.y += 12
    sheet.y = max(sheet.y, top + high)
    sheet.lines(EDGE, ["←" if sheet.pen.rtl else "→"], 28, fill=SOFT)
    sheet.write(EDGE + 40, _ends(activity.axes.x), 28, fill=SOFT)


def _ends(axis: Any) -> str:
    ends = " – ".join(end for end in (axis.least, axis.most) if end)
    return f"{axis.title}: {ends}" if ends else str(axis.title)


_DRAW: dict[str, Callable[[Sheet, LiveActivity, Mapping[str, Any]], None]] = {
    "choice": _bars,
    "multi": _bars,
    "quiz": _bars,
    "scale": _scale,
    "ranking": _ranking,
    "words": _words,
    "text": _texts,
    "cards": _texts,
    "questions": _texts,
    "place": _place,
}
