"""The course model: what a course and its exercises may say, validated."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, StringConstraints, model_validator
from pydantic import Field as Setting

__all__ = [
    "Activity",
    "Column",
    "Course",
    "Criterion",
    "Exercise",
    "Field",
    "FieldType",
    "Module",
    "Option",
    "Organisation",
]

Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*([-_][a-z0-9]+)*$", max_length=64)]
Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
FieldType = Literal[
    "text", "line", "choice", "multi", "scale", "number", "date", "table", "bool", "ref", "computed"
]
FIELD_TYPES = get_args(FieldType)
Span = Annotated[list[float], Setting(min_length=2, max_length=2)]
Count = Annotated[list[int], Setting(min_length=2, max_length=2)]

LIMITS: dict[str, set[str]] = {
    "text": {"words", "placeholder"},
    "line": {"chars", "words", "placeholder"},
    "choice": {"options", "shown_as"},
    "multi": {"options", "choose"},
    "scale": {"range", "low", "high"},
    "number": {"range", "step", "unit"},
    "date": {"earliest", "latest"},
    "table": {"rows", "columns", "row_label", "add_label", "row_title"},
    "bool": set(),
    "ref": {"of", "show", "choose"},
    "computed": {"compute"},
}
"""Which keys, besides the common ones, each type of field may have."""

NEEDED: dict[str, set[str]] = {
    "choice": {"options"},
    "multi": {"options"},
    "scale": {"range"},
    "table": {"rows", "columns"},
    "ref": {"of"},
    "computed": {"compute"},
}


class Part(BaseModel):
    """A part of a course file: unknown keys are errors."""

    model_config = ConfigDict(extra="forbid", frozen=True, ignored_types=(cached_property,))


class Option(Part):
    """One choice of a list."""

    id: Id
    label: Text
    help: str = ""


class Column(Part):
    """A field of an exercise, or a column of its table (everything but a table)."""

    id: Id
    type: FieldType
    label: Text
    help: str = ""
    required: bool = False
    words: Count | None = None
    chars: Annotated[int, Setting(gt=0, le=2000)] | None = None
    placeholder: str = ""
    options: list[Option] | None = None
    shown_as: Literal["radio", "select"] | None = None
    choose: Count | None = None
    range: Span | None = None
    low: str = ""
    high: str = ""
    step: float | None = None
    unit: str = ""
    earliest: date | None = None
    latest: date | None = None
    of: str | None = None
    show: str | None = None
    compute: Id | None = None
    flows_to: list[str] = []

    @model_validator(mode="after")
    def _fits_type(self) -> Column:
        given = self.model_fields_set - {"id", "type", "label", "help", "required", "flows_to"}
        if extra := given - LIMITS[self.type]:
            allowed = ", ".join(sorted(LIMITS[self.type])) or "nothing else"
            raise ValueError(
                f"a {self.type} field can't have {', '.join(sorted(extra))}; it may have {allowed}"
            )
        if lacking := NEEDED.get(self.type, set()) - given:
            raise ValueError(f"a {self.type} field needs {', '.join(sorted(lacking))}")
        for name in ("words", "choose", "range", "rows"):
            span = getattr(self, name, None)
            if span is not None and span[0] > span[1]:
                raise ValueError(f"{name} must be written [least, most]")
        if self.type == "scale" and self.range and not all(x == int(x) for x in self.range):
            raise ValueError("the range of a scale must be whole numbers")
        ids = [option.id for option in self.options or []]
        if doubled := {i for i in ids if ids.count(i) > 1}:
            raise ValueError(f"the option {', '.join(sorted(doubled))} is there twice")
        return self

    def option_label(self, option_id: Any) -> str:
        """Return the label of an option, or the id itself where there is no such option."""
        return next((o.label for o in self.options or [] if o.id == option_id), str(option_id))

    def spec(self) -> dict[str, Any]:
        """Return what the form needs to render this field."""
        spec: dict[str, Any] = {"id": self.id, "type": self.type, "label": self.label}
        for name in ("help", "required", "words", "chars", "placeholder", "choose", "low", "high", "unit"):
            if value := getattr(self, name):
                spec[name] = value
        if self.range:
            spec["range"] = [int(x) if x == int(x) else x for x in self.range]
        if self.step is not None:
            spec["step"] = self.step
        if self.shown_as:
            spec["as"] = self.shown_as
        if self.options is not None:
            spec["options"] = [option.model_dump(exclude_defaults=True) for option in self.options]
        for name in ("earliest", "latest"):
            if value := getattr(self, name):
                spec[name] = value.isoformat()
        return spec


class Field(Column):
    """A field of an exercise."""

    rows: Count | None = None
    columns: list[Column] = []
    row_label: str = ""
    row_title: str | None = None
    add_label: str = ""

    @model_validator(mode="after")
    def _columns_make_sense(self) -> Field:
        ids = [column.id for column in self.columns]
        if doubled := {i for i in ids if ids.count(i) > 1}:
            raise ValueError(f"the column {', '.join(sorted(doubled))} is there twice")
        if any(column.type == "table" for column in self.columns):
            raise ValueError("a table can't have a table in it")
        if self.row_title and self.row_title not in ids:
            raise ValueError(f"row_title names a column that is not there: {self.row_title}")
        return self

    def column(self, column_id: str) -> Column | None:
        """Return a column of a table, or None."""
        return next((column for column in self.columns if column.id == column_id), None)

    def spec(self) -> dict[str, Any]:
        """Return what the form needs to render this field."""
        spec = super().spec()
        if self.type == "table":
            spec |= {"rows": self.rows, "columns": [column.spec() for column in self.columns]}
            for name in ("row_label", "add_label", "row_title"):
                if value := getattr(self, name):
                    spec[name] = value
        return spec


class Criterion(Part):
    """A criterion of a rubric with its four levels, lowest first."""

    id: Id
    label: Text
    levels: Annotated[list[Text], Setting(min_length=4, max_length=4)]


class Exercise(Part):
    """What is asked, what is checked, how it is judged."""

    id: Id
    module: Id
    title: Text
    summary: str = ""
    intro: str = ""
    minutes: Annotated[int, Setting(gt=0)]
    release: Literal["at-start", "by-facilitator"] = "by-facilitator"
    personal: bool = False
    fields: Annotated[list[Field], Setting(min_length=1)]
    rubric: list[Criterion] = []
    words: dict[str, list[str]] = {}
    checks: tuple[Any, ...] = Setting(default=(), exclude=True)
    computes: dict[str, Any] = Setting(default={}, exclude=True)
    course_id: str = Setting(default="", exclude=True)
    version: str = Setting(default="", exclude=True)
    language: str = Setting(default="en", exclude=True)
    folder: Path = Setting(default=Path(), exclude=True)

    @model_validator(mode="after")
    def _ids_are_single(self) -> Exercise:
        for name, parts in (("field", self.fields), ("criterion", self.rubric)):
            ids = [part.id for part in parts]
            if doubled := {i for i in ids if ids.count(i) > 1}:
                raise ValueError(f"the {name} {', '.join(sorted(doubled))} is there twice")
        return self

    @property
    def points(self) -> float:
        """Points that the checks can give."""
        return float(sum(check.points for check in self.checks))

    def field(self, field_id: str) -> Field | None:
        """Return a field, or None."""
        return next((field for field in self.fields if field.id == field_id), None)

    def at(self, path: str) -> Column | None:
        """Return the field or column that a path (`field` or `field/row/column`) is about, or None."""
        parts = path.split("/")
        field = self.field(parts[0])
        if field is None or len(parts) == 1:
            return field
        return field.column(parts[2]) if len(parts) == 3 and field.type == "table" else None

    def all_columns(self) -> Iterator[tuple[str, Column]]:
        """Walk over fields and columns with their addresses, `field` and `field.column`."""
        for field in self.fields:
            yield field.id, field
            for column in field.columns:
                yield f"{field.id}.{column.id}", column

    def form_spec(self) -> dict[str, Any]:
        """Return what the form renders."""
        return {
            "course": self.course_id,
            "exercise": self.id,
            "title": self.title,
            "version": self.version,
            "fields": [field.spec() for field in self.fields],
        }


class Activity(Part):
    """Something that takes time in a module: an exercise, or anything else a participant does."""

    id: Id
    title: Text
    minutes: Annotated[int, Setting(gt=0)]
    mode: Literal["live", "own-time", "peers"] = "own-time"
    exercise: Id | None = None


class Module(Part):
    """A week of the course."""

    id: Id
    title: Text
    summary: str = ""
    minutes: Annotated[int, Setting(gt=0)]
    page: str | None = None
    starts: date | None = None
    output: str = ""
    activities: list[Activity] = []

    @property
    def exercises(self) -> list[str]:
        """Ids of the exercises among the activities."""
        return [activity.exercise for activity in self.activities if activity.exercise]


class Organisation(Part):
    """A partner or an organiser."""

    id: Id
    name: Text
    region: str = ""


class Course(Part):
    """A course: title, dates, modules and the lists its exercises share."""

    id: Id
    title: Text
    subtitle: str = ""
    code: str = ""
    start: date
    end: date
    time_zone: Text = "UTC"
    languages: Annotated[list[str], Setting(min_length=1)]
    contact: str = ""
    modules: Annotated[list[Module], Setting(min_length=1)]
    lists: dict[str, list[Option]] = {}
    roles: list[Option] = []
    partners: list[Organisation] = []
    signatories: list[dict[str, str]] = []
    outcomes: list[Option] = []
    certificate: dict[str, Any] = {}
    thresholds: dict[str, float | list[float]] = {}
    exercises: tuple[Exercise, ...] = Setting(default=(), exclude=True)
    language: str = Setting(default="en", exclude=True)
    folder: Path = Setting(default=Path(), exclude=True)

    @model_validator(mode="after")
    def _makes_sense(self) -> Course:
        if self.end < self.start:
            raise ValueError("end must not be before start")
        ids = [module.id for module in self.modules]
        ids += [activity.id for module in self.modules for activity in module.activities]
        if doubled := {i for i in ids if ids.count(i) > 1}:
            raise ValueError(f"the id {', '.join(sorted(doubled))} is there twice")
        return self

    @property
    def default_language(self) -> str:
        """The language in which the course was written."""
        return self.languages[0]

    def exercise(self, exercise_id: str) -> Exercise:
        """Return an exercise. Raises KeyError if the course has none of that id."""
        for exercise in self.exercises:
            if exercise.id == exercise_id:
                return exercise
        raise KeyError(exercise_id)

    def has(self, exercise_id: str) -> bool:
        """Whether the course has an exercise of that id."""
        return any(e.id == exercise_id for e in self.exercises)
