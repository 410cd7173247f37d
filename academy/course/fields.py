"""Models of fields of exercises and of columns of their tables, validated (pydantic)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    StringConstraints,
    WithJsonSchema,
    field_validator,
    model_validator,
)
from pydantic import Field as Setting

from academy.course.kinds import KINDS, FieldKind

__all__ = ["Column", "Field", "FieldType", "Id", "OnlyIf", "Option", "Part", "Text", "one_of"]

Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*([-_][a-z0-9]+)*$", max_length=64)]
Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]


def one_of(names: Iterable[str]) -> Callable[[Any], Any]:
    """Return a validator that lets only these names through."""
    *others, last = (repr(name) for name in names)

    def known(name: Any) -> Any:
        if repr(name) not in (*others, last):
            raise ValueError(f"write one of {', '.join(others)} or {last}")
        return name

    return known


FieldType = Annotated[str, BeforeValidator(one_of(KINDS)), WithJsonSchema({"enum": [*KINDS]})]
"""The name of a kind of field (`academy.course.kinds`)."""
Span = Annotated[list[float], Setting(min_length=2, max_length=2)]
Count = Annotated[list[int], Setting(min_length=2, max_length=2)]


class Part(BaseModel):
    """A part of a course file: unknown keys are errors."""

    model_config = ConfigDict(extra="forbid", frozen=True, ignored_types=(cached_property,))


class Option(Part):
    """One choice of a list."""

    id: Id
    label: Text
    help: str = ""


Options = Annotated[
    list[Option], BeforeValidator(lambda given: given, json_schema_input_type=list[Option] | Id)
]
"""In a file the name of one of the course's lists may stand here; whoever reads the file puts its options there."""


class OnlyIf(Part):
    """The answer of another field on which a field depends: it is asked only while that is one of `values`."""

    field: Id
    values: Annotated[list[str], Setting(min_length=1, alias="is")]

    @field_validator("values", mode="before")
    @classmethod
    def _as_written(cls, values: Any) -> Any:
        items = values if isinstance(values, list) else [values]
        return [str(item).lower() if isinstance(item, bool) else str(item) for item in items]

    def met(self, value: Any) -> bool:
        """Whether an answer is among the values; a box that nobody ticked is false."""
        given = value if isinstance(value, list) else [value]
        return any(self.said(item) in self.values for item in given)

    @staticmethod
    def said(value: Any) -> str:
        """Return an answer as it is written in `is`."""
        return str(value).lower() if isinstance(value, bool) else str(value)


class Column(Part):
    """A field of an exercise, or a column of its table (everything but a table)."""

    id: Id
    type: FieldType
    label: Text
    help: str = ""
    required: bool = False
    only_if: OnlyIf | None = None
    words: Count | None = None
    chars: Annotated[int, Setting(gt=0, le=2000)] | None = None
    placeholder: str = ""
    options: Options | None = None
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
        given = self.model_fields_set - {"id", "type", "label", "help", "required", "only_if", "flows_to"}
        kind = self.kind
        if extra := given - kind.keys:
            allowed = ", ".join(sorted(kind.keys)) or "nothing else"
            raise ValueError(
                f"a {self.type} field can't have {', '.join(sorted(extra))}; it may have {allowed}"
            )
        if lacking := kind.needs - given:
            raise ValueError(f"a {self.type} field needs {', '.join(sorted(lacking))}")
        for name in ("words", "choose", "range", "rows"):
            span = getattr(self, name, None)
            if span is not None and span[0] > span[1]:
                raise ValueError(f"{name} must be written [least, most]")
        if contradiction := kind.contradiction(self):
            raise ValueError(contradiction)
        ids = [option.id for option in self.options or []]
        if doubled := {i for i in ids if ids.count(i) > 1}:
            raise ValueError(f"the option {', '.join(sorted(doubled))} is there twice")
        return self

    @property
    def kind(self) -> FieldKind:
        """What is known of fields of this type."""
        return KINDS[self.type]

    @property
    def asked(self) -> bool:
        """Whether a person answers it; the others are computed or shown from elsewhere."""
        return self.kind.asked(self)

    @property
    def is_table(self) -> bool:
        """Whether it is a table with rows."""
        return self.kind.rows

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
        if self.only_if:
            spec["only_if"] = {"field": self.only_if.field, "is": self.only_if.values}
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
        if self.row_title and self.row_title not in ids:
            raise ValueError(f"row_title names a column that is not there: {self.row_title}")
        return self

    def column(self, column_id: str) -> Column | None:
        """Return a column of a table, or None."""
        return next((column for column in self.columns if column.id == column_id), None)

    def spec(self) -> dict[str, Any]:
        """Return what the form needs to render this field."""
        spec = super().spec()
        if self.is_table:
            spec |= {"rows": self.rows, "columns": [column.spec() for column in self.columns]}
            for name in ("row_label", "add_label", "row_title"):
                if value := getattr(self, name):
                    spec[name] = value
        return spec
