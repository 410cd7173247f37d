"""Model of `live.yaml`: a webinar and its activities, validated (pydantic)."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import BeforeValidator, WithJsonSchema, model_validator
from pydantic import Field as Setting
from pydantic.json_schema import SkipJsonSchema

from academy.course.fields import Id, Part, Text, one_of
from academy.course.live_kinds import LIVE_KINDS, KindKeys, LiveKind, LiveOption

__all__ = ["GRID", "Kind", "LiveActivity", "Webinar"]

GRID = 5
"""Steps on each axis of a grid."""

_COMMON = {"id", "kind", "title", "prompt", "minutes", "names", "show", "home", "notes"}


Kind = Annotated[str, BeforeValidator(one_of(LIVE_KINDS)), WithJsonSchema({"enum": [*LIVE_KINDS]})]
"""The name of a kind of activity (`academy.course.live_kinds`)."""


class LiveActivity(KindKeys):
    """One thing that the room is asked.

    `names` is said before people answer; `show` is whether results are seen while people answer (`live`) or are
    held until they are revealed; `moderate` is whether what people write is seen only when it is let through
    (`before`), can be hidden (`after`), or neither; `home` lets people answer in their own time afterwards.
    """

    id: Id
    kind: Kind
    title: Text
    prompt: str = ""
    minutes: Annotated[int, Setting(gt=0)] = 5
    names: Literal["anonymous", "named"] = "anonymous"
    show: Literal["live", "reveal"] = "live"
    home: bool = False
    notes: str = ""

    @model_validator(mode="after")
    def _fits_kind(self) -> LiveActivity:
        given = self.model_fields_set - _COMMON
        about = self.about
        if extra := given - about.keys:
            names = ", ".join(sorted(_written(name) for name in extra))
            may = ", ".join(sorted(_written(name) for name in about.keys))
            raise ValueError(f"an activity of the kind {self.kind} can't have {names}; it may have {may}")
        if lacking := about.needs - given:
            raise ValueError(f"an activity of the kind {self.kind} needs {', '.join(sorted(lacking))}")
        if about.options and len(self.options) < 2 and self.list_name is None:
            raise ValueError(f"an activity of the kind {self.kind} needs at least two options, or a list")
        for name, parts in (("option", self.options), ("column", self.columns)):
            ids = [part.id for part in parts]
            if doubled := {i for i in ids if ids.count(i) > 1}:
                raise ValueError(f"the {name} {', '.join(sorted(doubled))} is there twice")
        self._check_right()
        least, most = self.chooses
        if least > most or least < 0:
            raise ValueError("choose must be written [least, most]")
        return self

    def _check_right(self) -> None:
        ids = [option.id for option in self.options]
        if not self.right or not ids:
            return
        if unknown := [i for i in self.right if i not in ids]:
            raise ValueError(f"right names {', '.join(unknown)}, which is no option; it has {', '.join(ids)}")
        if self.about.whole_order and sorted(self.right) != sorted(ids):
            raise ValueError("right must name every option once, in the right order")

    @property
    def about(self) -> LiveKind:
        """What is declared of its kind."""
        return LIVE_KINDS[self.kind]

    @property
    def option_ids(self) -> list[str]:
        """The ids of the options, in their order."""
        return [option.id for option in self.options]

    @property
    def chooses(self) -> tuple[int, int]:
        """How many options a person chooses at least and at most."""
        if self.choose is not None:
            return self.choose[0], self.choose[1]
        if self.about.several:
            return 0, max(len(self.options), 1)
        return (1, max(1, len(self.options))) if self.about.several_right and len(self.right) > 1 else (1, 1)

    @property
    def several(self) -> bool:
        """Whether a person may choose several options."""
        return self.about.several or (self.about.several_right and self.chooses[1] > 1)

    @property
    def written(self) -> bool:
        """Whether people answer in their own words."""
        return self.about.written

    @property
    def anonymous(self) -> bool:
        """Whether nobody, the facilitators included, is told who answered what."""
        return self.names == "anonymous"

    def option(self, option_id: str) -> LiveOption | None:
        """Return an option, or None."""
        return next((option for option in self.options if option.id == option_id), None)


class Webinar(Part):
    """A webinar of a course: the activities of one meeting, in their order."""

    id: Id
    module: Id
    title: Text
    summary: str = ""
    activities: Annotated[list[LiveActivity], Setting(min_length=1)]
    stop_words: SkipJsonSchema[list[str]] = Setting(default=[], exclude=True)
    language: SkipJsonSchema[str] = Setting(default="en", exclude=True)
    folder: SkipJsonSchema[Path] = Setting(default=Path(), exclude=True)

    @model_validator(mode="after")
    def _ids_are_single(self) -> Webinar:
        ids = [activity.id for activity in self.activities]
        if doubled := {i for i in ids if ids.count(i) > 1}:
            raise ValueError(f"the activity {', '.join(sorted(doubled))} is there twice")
        if spots := [i for i in ids if i.startswith("spot-")]:
            raise ValueError(
                f"{spots[0]} is a name that polls made on the fly have; call the activity something else"
            )
        return self

    def activity(self, activity_id: str) -> LiveActivity | None:
        """Return an activity, or None."""
        return next((activity for activity in self.activities if activity.id == activity_id), None)


def _written(name: str) -> str:
    """A key as it stands in the file."""
    return "list" if name == "list_name" else name
