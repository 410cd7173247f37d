"""Gantt chart with the critical path."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from academy.pictures.picture import WIDTH, Pen, Picture, cut, table

__all__ = ["Task", "gantt"]

LEFT, ROW, TOP = 4, 26, 20
LENGTH = WIDTH - 2 * LEFT


class Task(NamedTuple):
    """A task from its first to its last day. A `critical` one moves the end when it is late."""

    name: str
    start: date
    end: date
    critical: bool = False


def gantt(
    tasks: Sequence[Task | tuple[str, date, date]],
    *,
    sentence: str,
    head: Sequence[str],
    rows: Sequence[Sequence[object]],
    language: str = "en",
) -> Picture:
    """Draw tasks as bars in time, critical ones with a heavy edge and a star before their name."""
    found = [Task(*task) for task in tasks]
    first = min((task.start for task in found), default=date.min)
    last = max((task.end for task in found), default=date.min)
    days = max((last - first).days + 1, 1)
    pen = Pen(TOP + ROW * len(found) + 4, language)
    pen.text(LEFT, 12, first.isoformat() if found else "")
    pen.text(LEFT + LENGTH, 12, last.isoformat() if found else "", "end")
    pen.line(LEFT, TOP - 3, LEFT + LENGTH, TOP - 3, stroke="currentColor", stroke_opacity=0.4)
    for n, task in enumerate(found):
        pen.text(LEFT, TOP + ROW * n + 11, cut(f"{n + 1}{' ★' if task.critical else ''} {task.name}", 34))
    for n, task in enumerate(found):
        at = LEFT + LENGTH * (task.start - first).days / days
        long = max(LENGTH * ((task.end - task.start).days + 1) / days, 3.0)
        more = {"stroke": "currentColor", "stroke_width": 2} if task.critical else {}
        pen.box(at, TOP + ROW * n + 14, long, 8, "bar", **more)
    return Picture(pen.svg(), sentence, list(head), table(rows))
