"""Sample units: what a participant built to be played, as one document, and what would stop a learner in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

__all__ = ["FIELDS", "UnitFault", "faults", "unit", "written"]

Answers = dict[str, Any]
Row = dict[str, Any]
Unit = dict[str, Any]

CHOICES = ("a", "b", "c")
STORY = ("hook", "person", "turning", "decision", "consequence", "link")
FIELDS: dict[str, tuple[str, ...]] = {
    "micro-lesson": ("cards", "action"),
    "scenario": ("scenes", "no_perfect", "no_perfect_why"),
    "story": (*STORY, "composite"),
    "quiz": ("questions",),
}
"""Which fields of the exercise belong to each kind of unit."""


@dataclass(frozen=True)
class UnitFault:
    """Something that would stop a learner: where it is, what it is (the id of a sentence), and in which row."""

    path: str
    what: str
    name: str = ""


def unit(answers: Answers) -> Unit | None:
    """Return the unit as the player shows it, or None while no kind is chosen.

    All kinds have `kind` and `title`. A micro-lesson has `cards` and an `action`, a story its six `parts`, a scenario
    `scenes` with `choices` (a scene without any is an ending), a quiz `questions` with `answers`. Only texts, never
    markup.
    """
    kind = answers.get("kind")
    if kind not in FIELDS:
        return None
    base: Unit = {"kind": kind, "title": answers["title"] or ""}
    if kind == "micro-lesson":
        cards = [
            {k: card[k] or "" for k in ("heading", "body", "ask", "answer")} for card in answers["cards"]
        ]
        return base | {"cards": cards, "action": answers["action"] or ""}
    if kind == "story":
        return base | {"parts": [answers[part] or "" for part in STORY]}
    if kind == "scenario":
        return base | {"scenes": [_scene(row) for row in answers["scenes"]]}
    return base | {"questions": [_question(row) for row in answers["questions"]]}


def _scene(row: Row) -> Unit:
    found = [
        {"text": row[c], "said": row[f"{c}_said"] or "", "to": row[f"{c}_to"]}
        for c in CHOICES
        if row["goes"] == "on" and row[c] and row[f"{c}_to"]
    ]
    return {"id": row["_id"], "body": row["body"] or "", "end": row["goes"] == "end", "choices": found}


def _question(row: Row) -> Unit:
    answers = [
        {"text": row[c], "said": row[f"{c}_said"] or "", "right": row["right"] == c}
        for c in CHOICES
        if row[c]
    ]
    return {"question": row["question"] or "", "answers": answers}


def written(answers: Answers) -> list[str]:
    """Return every text that a learner of the chosen kind of unit meets."""
    return [text for text in _strings(unit(answers) or {}) if text]


def _strings(value: object) -> Iterable[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            if key not in ("kind", "id", "to"):
                yield from _strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)
    elif isinstance(value, str):
        yield value


def faults(answers: Answers) -> list[UnitFault]:
    """Return what would stop a learner, or be left without an answer, in the order of the form."""
    match answers["kind"]:
        case "micro-lesson":
            return _card_faults(answers)
        case "scenario":
            return _scene_faults(answers["scenes"])
        case "story":
            return [UnitFault(part, "missing") for part in STORY if not answers[part]]
        case "quiz":
            return _question_faults(answers["questions"])
    return [UnitFault("kind", "missing")]


def _card_faults(answers: Answers) -> list[UnitFault]:
    cards = answers["cards"]
    found = [] if cards else [UnitFault("cards", "missing")]
    found += [UnitFault(f"cards/{c['_id']}/body", "missing") for c in cards if not c["body"]]
    found += [
        UnitFault(f"cards/{c['_id']}/answer", "half-card", c["heading"] or "")
        for c in cards
        if c["ask"] and not c["answer"]
    ]
    return found + ([] if answers["action"] else [UnitFault("action", "missing")])


def _question_faults(questions: list[Row]) -> list[UnitFault]:
    found = [] if questions else [UnitFault("questions", "missing")]
    for row in questions:
        given = [c for c in CHOICES if row[c]]
        whole = len(given) > 1 and row["right"] in given and all(row[f"{c}_said"] for c in given)
        if not (whole and row["question"]):
            found.append(UnitFault(f"questions/{row['_id']}/right", "half-answer", row["question"] or ""))
    return found


def _scene_faults(scenes: list[Row]) -> list[UnitFault]:
    """A scenario plays if each scene is reached, none is a dead end, and an ending can be reached from everywhere."""
    if not scenes:
        return [UnitFault("scenes", "missing")]
    ways = {row["_id"]: _ways(row, scenes) for row in scenes}
    reached = _reached(scenes[0]["_id"], ways)
    endings = {row["_id"] for row in scenes if row["goes"] == "end"}
    found = []
    for row in scenes:
        scene, name = row["_id"], row["name"] or ""
        if not row["body"] or row["goes"] is None:
            found.append(UnitFault(f"scenes/{scene}/body", "missing", name))
        elif row["goes"] == "on" and not ways[scene]:
            found.append(UnitFault(f"scenes/{scene}/a_to", "dead-end", name))
        elif half := _half_choice(row, ways[scene]):
            found.append(UnitFault(f"scenes/{scene}/{half}", "half-choice", name))
        elif scene not in reached:
            found.append(UnitFault(f"scenes/{scene}/name", "not-reached", name))
        elif not _reached(scene, ways) & endings:
            found.append(UnitFault(f"scenes/{scene}/goes", "no-ending", name))
    return found


def _ways(row: Row, scenes: list[Row]) -> list[str]:
    there = {scene["_id"] for scene in scenes}
    return [row[f"{c}_to"] for c in CHOICES if row["goes"] == "on" and row[c] and row[f"{c}_to"] in there]


def _half_choice(row: Row, ways: list[str]) -> str | None:
    """A choice that lacks one of its three parts, or that stands alone."""
    if row["goes"] != "on":
        return None
    for c in CHOICES:
        parts = [bool(row[f"{c}{end}"]) for end in ("", "_said", "_to")]
        if any(parts) and not all(parts):
            return f"{c}_to" if parts[0] and parts[1] else c
    return "b" if len(ways) < 2 else None


def _reached(start: str, ways: dict[str, list[str]]) -> set[str]:
    seen: set[str] = set()
    waiting = [start]
    while waiting:
        scene = waiting.pop()
        if scene not in seen:
            seen.add(scene)
            waiting += ways[scene]
    return seen
