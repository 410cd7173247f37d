"""Model of `passport.yaml`: the pages of the passport, and the golden thread through the answers."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, model_validator
from pydantic import Field as Setting

from academy.course.fields import Id, Part, Text

__all__ = ["PassportPage", "PassportPlan", "Shown", "Station", "ThreadPlan"]


class Shown(Part):
    """Something a page shows: a field, a column or a table with some of its columns, or a picture of an exercise.

    Written as an address alone (`people.groups`) it is shown whole. `only_if` names a box to tick (`journal-1.share`)
    without which it stays hidden.
    """

    of: str | None = None
    picture: str | None = None
    columns: list[Id] = []
    only_if: str | None = None

    @model_validator(mode="after")
    def _one_thing(self) -> Shown:
        if (self.of is None) == (self.picture is None):
            raise ValueError("write either of or picture")
        return self


def _from_address(given: object) -> Any:
    return {"of": given} if isinstance(given, str) else given


ShownOrAddress = Annotated[Shown, BeforeValidator(_from_address, json_schema_input_type=Shown | str)]


class PassportPage(Part):
    """A page of the passport. `part` names what the kit makes itself: stamps, or the travel log."""

    id: Id
    code: Text
    title: Text
    summary: str = ""
    shows: list[ShownOrAddress] = []
    part: Literal["stamps", "travel-log"] | None = None


class Station(Part):
    """A step of the golden thread: the rows of a table, or a field.

    `by` is the reference that ties it to the station `to` (the one before it where nothing is said); without it
    everything here belongs to everything there. `used` keeps only what the next station points to. The sentences say
    what is missing: `empty` that nothing is here, `broken` that a strand ({name}) ends before it, `loose` that
    something here ({name}) is tied to nothing.
    """

    id: Id
    label: Text
    of: str
    show: Id | None = None
    by: str | None = None
    to: Id | None = None
    used: bool = False
    optional: bool = False
    empty: str = ""
    broken: str = ""
    loose: str = ""


class ThreadPlan(Part):
    """The stations in order, and the `spine`: the one whose rows are the strands."""

    spine: Id
    stations: Annotated[list[Station], Setting(min_length=2)]

    @model_validator(mode="after")
    def _leads_back(self) -> ThreadPlan:
        ids = [station.id for station in self.stations]
        if doubled := {i for i in ids if ids.count(i) > 1}:
            raise ValueError(f"the station {', '.join(sorted(doubled))} is there twice")
        if self.spine not in ids:
            raise ValueError(f"spine names a station that is not there: {self.spine}")
        for place, station in enumerate(self.stations):
            if station.to is not None and station.to not in ids[:place]:
                raise ValueError(f"{station.id} leads to {station.to}, which is no station before it")
        return self


class PassportPlan(Part):
    """The pages of a course's passport, its thread, and the exercises that no stamp waits for."""

    title: Text
    pages: Annotated[list[PassportPage], Setting(min_length=1)]
    thread: ThreadPlan | None = None
    stamps_without: list[Id] = []

    @model_validator(mode="after")
    def _pages_are_single(self) -> PassportPlan:
        ids = [page.id for page in self.pages]
        if doubled := {i for i in ids if ids.count(i) > 1}:
            raise ValueError(f"the page {', '.join(sorted(doubled))} is there twice")
        return self
