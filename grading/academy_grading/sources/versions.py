"""Versions of an exercise for grading: what decides about points, and what has changed."""

from __future__ import annotations

import ast
import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

import academy
from academy.course import Check, Exercise
from academy_grading.sources.notebook import criterion_id

__all__ = ["GradedVersions", "VersionChange", "changes", "graded_by", "judged_anew", "version_of"]

FOLDER = ".graded"
"""In a course root, a file for each exercise."""

Version = Mapping[str, Any]


@dataclass(frozen=True)
class VersionChange:
    """One thing that is not as it was: a check or criterion by its id, or the rest. Points are those of a check."""

    what: Literal["points", "check", "new", "gone", "criterion", "texts", "kit"]
    name: str = ""
    before: float = 0
    now: float = 0


@dataclass(frozen=True)
class GradedVersions:
    """What is remembered about an exercise: its version when it was last graded, and who is graded by an earlier one.

    `version` is empty where that is not known. `asked` are the cells whose levels those people need anew.
    """

    file: Path
    version: Version = field(default_factory=dict)
    behind: frozenset[str] = frozenset()
    asked: frozenset[str] = frozenset()

    def put(self, **new: Any) -> GradedVersions:
        """Write it down with something changed; whole or not at all."""
        after = replace(self, **new)
        self.file.parent.mkdir(exist_ok=True, mode=0o700)
        part = self.file.with_name(f"{self.file.name}.{os.getpid()}")
        lists = {"behind": sorted(after.behind), "asked": sorted(after.asked)}
        part.write_text(json.dumps({"version": after.version, **lists}), "utf-8")
        part.replace(self.file)
        return after


def graded_by(root: Path, exercise_id: str) -> GradedVersions:
    """Return what is remembered in a course root about an exercise. What can't be read is not known."""
    file = root / FOLDER / f"{exercise_id}.json"
    try:
        document = json.loads(file.read_text("utf-8"))
        behind, asked = (frozenset(map(str, document[name])) for name in ("behind", "asked"))
        return GradedVersions(file, dict(document["version"]), behind, asked)
    except (OSError, ValueError, KeyError, TypeError):
        return GradedVersions(file)


def version_of(exercise: Exercise) -> Version:
    """Return what decides about the points that an exercise gives, in parts that can be compared."""
    code = _functions(exercise)
    return {
        "kit": academy.__version__,
        "texts": _sum([exercise.model_dump(mode="json", exclude={"rubric", "declared"}), exercise.words]),
        "shared": _sum(code.pop("", "")),
        "checks": {
            check.id: {
                "points": check.points,
                "said": _sum([check.title, check.hint]),
                "code": _sum(_declaration(check) if check.wants else code.get(check.function.__name__, "")),
            }
            | ({"declared": True} if check.wants else {})
            for check in exercise.checks
        },
        "criteria": {each.id: _sum([each.label, each.levels]) for each in exercise.rubric},
    }


def changes(before: Version, now: Version) -> list[VersionChange]:
    """Return what is not as it was, checks first. Nothing is known to have changed since a version that is empty."""
    if not before or before == now:
        return []
    found: list[VersionChange] = []
    checks, old = now["checks"], before.get("checks", {})
    for name, check in checks.items():
        if name not in old:
            found.append(VersionChange("new", name))
        elif check["points"] != old[name]["points"]:
            found.append(VersionChange("points", name, old[name]["points"], check["points"]))
        elif check != old[name] or (now["shared"] != before.get("shared") and not check.get("declared")):
            found.append(VersionChange("check", name))
    found += [VersionChange("gone", name) for name in old if name not in checks]
    levels = before.get("criteria", {})
    found += [
        VersionChange("criterion", name)
        for name, said in now["criteria"].items()
        if levels.get(name, said) != said
    ]
    if now["texts"] != before.get("texts"):
        found.append(VersionChange("texts"))
    if now["kit"] != before.get("kit"):
        found.append(VersionChange("kit"))
    return found


def judged_anew(found: list[VersionChange]) -> frozenset[str]:
    """Return the cells whose levels were given by words that are not there any more."""
    return frozenset(criterion_id(change.name) for change in found if change.what == "criterion")


def _declaration(check: Check) -> Any:
    """What a check that is declared in `exercise.yaml` wants, whatever way it is written."""
    wants = check.wants.model_dump(mode="json", by_alias=True, exclude_defaults=True) if check.wants else None
    return [wants, check.fields]


def _functions(exercise: Exercise) -> dict[str, str]:
    """The code of each function of `checks.py` by its name, and the rest under an empty one; comments are no code."""
    coded = [check.function for check in exercise.checks if not check.wants]
    files = {function.__code__.co_filename for function in coded}
    found: dict[str, str] = {"": ""}
    names = {function.__name__ for function in coded}
    for file in sorted(files):
        try:
            tree = ast.parse(Path(file).read_text("utf-8"))
        except (OSError, SyntaxError, ValueError):
            continue
        for part in tree.body:
            name = part.name if isinstance(part, ast.FunctionDef) and part.name in names else ""
            found[name] = found.get(name, "") + ast.dump(part)
    return found


def _sum(value: Any) -> str:
    text = json.dumps(value, sort_keys=True, default=str, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:16]
