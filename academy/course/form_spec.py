"""Serializes an exercise for the form in the browser."""

from __future__ import annotations

from typing import Any

from academy.course.fields import Column
from academy.course.model import Exercise, PicturePlace
from academy.course.refs import find, named_by

__all__ = ["form_spec"]


def form_spec(exercise: Exercise) -> dict[str, Any]:
    """Return what the form renders: the fields in their order, and where pictures stand between them."""
    spec: dict[str, Any] = {
        "course": exercise.edition,
        "exercise": exercise.id,
        "title": exercise.title,
        "version": exercise.version,
        "fields": [field.spec() for field in exercise.fields],
    }
    for field, shown in zip(exercise.fields, spec["fields"], strict=True):
        _add_source(exercise, field, shown)
        for column, cell in zip(field.columns, shown.get("columns", []), strict=True):
            _add_source(exercise, column, cell)
    if exercise.pictures:
        spec["pictures"] = [_picture(exercise, place) for place in exercise.pictures]
    return spec


def _add_source(exercise: Exercise, ref: Column, spec: dict[str, object]) -> None:
    """Say where in this same form the choices of a reference stand, so that they follow what is typed."""
    target = find(None, exercise, ref.of or "") if ref.kind.refers and ref.asked else None
    if target is None:
        return
    names = [column.id for column in named_by(target.field, ref.show)] if target.field.columns else []
    spec["from"] = {"field": target.field.id} | ({"names": list(dict.fromkeys(names))} if names else {})


def _picture(exercise: Exercise, place: PicturePlace) -> dict[str, object]:
    own = [
        address.removeprefix(f"{exercise.id}.")
        for address in place.fields
        if exercise.field(address.removeprefix(f"{exercise.id}.").split(".")[0])
    ]
    fields = own if place.fields else [field.id for field in exercise.fields]
    return {"id": place.id, "title": place.title, "after": place.after or "", "fields": fields}
