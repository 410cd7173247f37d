"""A check as it stands in `exercise.yaml`, or the place there of one that stands in `checks.py`."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field as Setting
from pydantic import model_validator

from academy.course.fields import Id, Part
from academy.course.rules import AnyRule
from academy.course.rules.base import Names

__all__ = ["DeclaredCheck"]


class DeclaredCheck(Part):
    """A check with its rule. The id alone says where a check of `checks.py` stands among the others.

    `places` are the fields that it is about, where the rule finds no place itself. With `asks: false` its hint is no
    advice while the participant writes, but stands in the feedback.
    """

    id: Id
    points: Annotated[int | float, Setting(ge=0)] = 0
    title: str = ""
    hint: str = ""
    places: Names = []
    asks: bool = True
    wants: AnyRule | None = None

    @model_validator(mode="after")
    def _whole_or_the_id_alone(self) -> DeclaredCheck:
        given = self.model_fields_set - ({"wants"} if self.wants is None else set())
        lacking = {"title", "hint", "wants"} - given
        if lacking and self.model_fields_set != {"id"}:
            raise ValueError(
                f"a check needs {', '.join(sorted(lacking))}; the id alone is the place of a check of checks.py"
            )
        return self
