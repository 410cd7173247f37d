"""Puts into an exercise or a webinar what it takes over: from another exercise, from the course's shared lists."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from academy.course.files.yaml_files import mapping
from academy.errors import CourseError

__all__ = ["merged", "resolve_lists", "resolve_options"]


def merged(raw: dict[str, Any], folder: Path) -> tuple[dict[str, Any], Path]:
    """Return what an exercise says with what it takes over from the one it is `like`, and the folder of that one.

    An exercise that is like no other has its own folder. Raises CourseError if the other is not there.
    """
    like = raw.get("like")
    if not isinstance(like, str):
        return raw, folder
    file = folder / "exercise.yaml"
    base = folder.parent / like
    if base == folder or not (base / "exercise.yaml").is_file():
        raise CourseError(f"{file}: like: there is no other exercise {like} beside this one.")
    other = mapping(base / "exercise.yaml")
    if "like" in other:
        raise CourseError(f"{file}: like: {like} is like another itself; name {other['like']} here.")
    return other | raw, base


def resolve_options(raw: dict[str, Any], lists: dict[str, Any], file: Path) -> None:
    """Put a shared list in the place of its name."""
    fields = raw.get("fields")
    for field in fields if isinstance(fields, list) else []:
        columns = field.get("columns") if isinstance(field, dict) else None
        for part in [field, *(columns if isinstance(columns, list) else [])]:
            name = part.get("options") if isinstance(part, dict) else None
            if isinstance(name, str):
                if name not in lists:
                    there = ", ".join(sorted(lists)) or "no list"
                    raise CourseError(
                        f"{file}: {part.get('id')}.options: there is no list {name} in course.yaml (it has {there})."
                    )
                part["options"] = lists[name]


def resolve_lists(raw: dict[str, Any], lists: dict[str, Any]) -> list[tuple[str, str]]:
    """Put the options of shared lists into a webinar's activities; return the places of those that are not there."""
    faults = []
    activities = raw.get("activities")
    for activity in activities if isinstance(activities, list) else []:
        name = activity.get("list") if isinstance(activity, dict) else None
        if not isinstance(name, str):
            continue
        place = f"activities.{activity.get('id')}.list"
        if name not in lists:
            there = ", ".join(sorted(lists)) or "no list"
            faults.append((place, f"there is no list {name} in course.yaml (it has {there})."))
        elif "options" in activity:
            faults.append((place, "write either options or a list, not both."))
        else:
            activity["options"] = [
                {"id": item.get("id"), "text": item.get("label"), "help": item.get("help", "")}
                for item in lists[name]
            ]
    return faults
