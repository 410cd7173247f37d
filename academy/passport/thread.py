"""The golden thread: follows references from need to follow-up, and finds where they break."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile

from academy.course import Course, Work
from academy.course.plan import Station, ThreadPlan
from academy.course.refs import as_text, find
from academy.i18n import isolated

__all__ = ["Thread", "thread_of"]


@dataclass(frozen=True)
class Node:
    """A row or an answer at a station, and the ids of those at the station before that it is tied to."""

    id: str
    name: str
    tied: frozenset[str] | None = None
    """None: to all of them."""


@dataclass(frozen=True)
class Thread:
    """The thread as a table: one strand for each row of the spine, the texts below each head.

    `missing` names each missing link in a sentence; a thread without one is `whole`.
    """

    head: tuple[str, ...]
    strands: tuple[tuple[tuple[str, ...], ...], ...]
    missing: tuple[str, ...]
    spine: int = 0
    """The place of the station whose rows are the strands."""

    @property
    def root(self) -> int:
        """How many stations at the beginning are the same in all strands, so that they need to be shown once."""
        if len(self.strands) < 2:
            return 0
        same = (len({strand[place] for strand in self.strands}) == 1 for place in range(self.spine))
        return sum(1 for _ in takewhile(bool, same))

    @property
    def whole(self) -> bool:
        """Whether no link is missing."""
        return not self.missing


def thread_of(course: Course, work: Work) -> Thread | None:
    """Return the thread of a person's work, or None where the course has none."""
    plan = course.passport.thread if course.passport else None
    return _Weaver(course, plan, work).thread() if plan else None


class _Weaver:
    def __init__(self, course: Course, plan: ThreadPlan, work: Work) -> None:
        self.course = course
        self.plan = plan
        self.work = work
        self.to = {
            station.id: station.to or (plan.stations[place - 1].id if place else None)
            for place, station in enumerate(plan.stations)
        }
        self.nodes = {station.id: self._nodes(station) for station in plan.stations}
        for station in plan.stations:
            if station.used:
                self.nodes[station.id] = [n for n in self.nodes[station.id] if n.id in self._tied_to(station)]

    def thread(self) -> Thread:
        spine = self.nodes[self.plan.spine]
        strands = [self._strand([node]) for node in spine] or [self._strand([])]
        head = tuple(station.label for station in self.plan.stations)
        named = [node.name for node in spine] or [""]
        missing = tuple(dict.fromkeys(self._missing(strands, named)))
        shown = tuple(
            tuple(tuple(node.name for node in strand[station.id]) for station in self.plan.stations)
            for strand in strands
        )
        place = [station.id for station in self.plan.stations].index(self.plan.spine)
        return Thread(head, shown, missing, place)

    def _nodes(self, station: Station) -> list[Node]:
        exercise_id, _, rest = station.of.partition(".")
        exercise = self.work.exercise(exercise_id)
        target = find(None, exercise, rest) if exercise else None
        if exercise is None or target is None:
            return []
        value = self.work[exercise_id][target.field.id]
        if target.field.is_table:
            tie = (station.by or "").removeprefix(f"{station.of}.")
            return [
                Node(
                    row["_id"],
                    self.work.label(station.of, row["_id"], station.show),
                    _ids(row.get(tie)) if station.by else None,
                )
                for row in value
            ]
        if target.field.kind.refers and target.field.asked:
            named = [(i, as_text(exercise, target.field, [i], self.work)) for i in sorted(_ids(value))]
            return [Node(i, name) for i, name in named if name]
        text = as_text(exercise, target.field, value, self.work)
        return [Node("", text)] if text else []

    def _tied_to(self, station: Station) -> set[str]:
        """The ids at a station that others point to."""
        after = [s.id for s in self.plan.stations if self.to[s.id] == station.id]
        return {i for name in after for node in self.nodes[name] for i in node.tied or ()}

    def _strand(self, spine: list[Node]) -> dict[str, list[Node]]:
        """What belongs to a row of the spine: back to where it comes from, and on to what follows."""
        found = {self.plan.spine: spine}
        at, before = self.plan.spine, self.to[self.plan.spine]
        while before:
            if found[at]:
                found[before] = [n for n in self.nodes[before] if any(_ties(m, n) for m in found[at])]
            else:  # nothing leads on from here, and what is there is shown all the same
                found[before] = self.nodes[before]
            at, before = before, self.to[before]
        for station in self.plan.stations:
            if station.id not in found:
                source = found.get(self.to[station.id] or "", [])
                found[station.id] = [n for n in self.nodes[station.id] if any(_ties(n, m) for m in source)]
        return found

    def _missing(self, strands: list[dict[str, list[Node]]], names: list[str]) -> Iterator[str]:
        for station in self.plan.stations:
            nodes, before = self.nodes[station.id], self.to[station.id]
            if not nodes and not station.optional and station.empty:
                yield station.empty
            for node in nodes:
                if station.loose and before and not any(_ties(node, m) for m in self.nodes[before]):
                    yield station.loose.format(name=isolated(node.name, self.course.language))
            if not nodes or station.optional or not station.broken:
                continue
            for strand, name in zip(strands, names, strict=True):
                if name and not strand[station.id]:
                    yield station.broken.format(name=isolated(name, self.course.language))


def _ties(node: Node, other: Node) -> bool:
    return node.tied is None or other.id in node.tied


def _ids(value: object) -> frozenset[str]:
    items = value if isinstance(value, list) else [value]
    return frozenset(item for item in items if isinstance(item, str))
