"""Models of a course and its exercises, validated (pydantic)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, ConfigDict, field_validator, model_validator
from pydantic import Field as Setting
from pydantic.json_schema import SkipJsonSchema

from academy.course.fields import Column, Field, FieldType, Id, OnlyIf, Option, Part, Text
from academy.course.plan import PassportPlan
from academy.course.rules.declared import DeclaredCheck
from academy.course.webinar import Webinar
from academy.languages import LONGEST, spelled

__all__ = [
    "Activity",
    "Column",
    "Course",
    "Criterion",
    "Exercise",
    "Field",
    "FieldType",
    "Module",
    "OnlyIf",
    "Option",
    "Organisation",
    "PicturePlace",
    "Review",
]


SMALL_GROUP, MOST_IN_A_SMALL_GROUP = 5, 100


class Criterion(Part):
    """A criterion of a rubric with its four levels, lowest first.

    `comments` are words to a participant that a grader can start from, one for each level.
    """

    id: Id
    label: Text
    levels: Annotated[list[Text], Setting(min_length=4, max_length=4)]
    comments: Annotated[list[Text], Setting(max_length=4)] = []

    @model_validator(mode="after")
    def _a_comment_for_each_level(self) -> Criterion:
        if self.comments and len(self.comments) != len(self.levels):
            raise ValueError("write as many comments as there are levels, four, or none")
        return self


class PicturePlace(Part):
    """A picture of the answers: `after` which field it stands, and the `fields` it is drawn from."""

    id: Id
    title: Text
    after: Id | None = None
    fields: list[str] = []


class Review(Part):
    """A round of peer review: the exercise's one table holds the reviews that a person gives, one in each row.

    `of` is the exercise whose submission is judged; `shows` are the exercises and fields (`exercise` or
    `exercise.field`) that the reviewer reads; `wishes` are the columns that the author takes up or not, and says why;
    `questions` are those that the author answers in their own words; `follows` is an earlier round, whose wishes and
    answers are shown again.
    """

    of: Id
    shows: Annotated[list[str], Setting(min_length=1)]
    give: Annotated[int, Setting(ge=1, le=5)] = 2
    get: Annotated[int, Setting(ge=1, le=5)] = 2
    blind: Literal["double", "single", "open"] = "double"
    lease_hours: Annotated[int, Setting(ge=1)] = 48
    wait_days: Annotated[int, Setting(ge=0)] = 3
    wishes: list[Id] = []
    questions: list[Id] = []
    levels: list[Id] = []
    quotes: list[Id] = []
    play: Id | None = None
    follows: Id | None = None


def _like_another(schema: dict[str, Any]) -> None:
    """An exercise that is like another takes from it what it does not say itself."""
    schema["anyOf"] = [{"required": schema["required"]}, {"required": ["like"]}]
    schema["required"] = ["id"]


class Exercise(Part):
    """What is asked, what is checked, how it is judged."""

    model_config = ConfigDict(json_schema_extra=_like_another)

    id: Id
    module: Id
    title: Text
    summary: str = ""
    intro: str = ""
    minutes: Annotated[int, Setting(gt=0)]
    release: Literal["at-start", "by-facilitator"] = "by-facilitator"
    personal: bool = False
    review: Review | None = None
    private: bool = False
    """Whether the answers are for the person alone: they can be handed in, and nobody else reads or grades them."""
    fields: Annotated[list[Field], Setting(min_length=1)]
    rubric: list[Criterion] = []
    words: dict[str, list[str]] = {}
    texts: dict[Id, Text] = {}
    pictures: list[PicturePlace] = []
    like: Id | None = None
    declared: list[DeclaredCheck] = Setting(default=[], alias="checks")
    """The checks that `exercise.yaml` declares; `checks` has them in their order with those of `checks.py`."""
    checks: SkipJsonSchema[tuple[Any, ...]] = Setting(default=(), exclude=True, alias="(checks)")
    computes: SkipJsonSchema[dict[str, Any]] = Setting(default={}, exclude=True)
    draws: SkipJsonSchema[dict[str, Any]] = Setting(default={}, exclude=True)
    edition: SkipJsonSchema[str] = Setting(default="", exclude=True)
    version: SkipJsonSchema[str] = Setting(default="", exclude=True)
    language: SkipJsonSchema[str] = Setting(default="en", exclude=True)
    folder: SkipJsonSchema[Path] = Setting(default=Path(), exclude=True)

    @property
    def travels(self) -> bool:
        """Whether its answers are about the passport, so that another one may begin from them."""
        return not (self.personal or self.private or self.review)

    @model_validator(mode="after")
    def _ids_are_single(self) -> Exercise:
        for name, parts in (
            ("field", self.fields),
            ("criterion", self.rubric),
            ("picture", self.pictures),
            ("check", self.declared),
        ):
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
        return field.column(parts[2]) if len(parts) == 3 and field.is_table else None

    def all_columns(self) -> Iterator[tuple[str, Column]]:
        """Walk over fields and columns with their addresses, `field` and `field.column`."""
        for field in self.fields:
            yield field.id, field
            for column in field.columns:
                yield f"{field.id}.{column.id}", column


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
    week: bool = True
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


class CertificateRule(Part):
    """Something that the certificate asks: how many of what, in which module; never a mark."""

    id: Id
    text: Text
    counts: Literal["outputs", "reviews", "discussions", "journals", "final_plan", "open_stops"]
    module: Id | None = None
    at_least: Annotated[int, Setting(ge=0)] | None = None
    at_most: Annotated[int, Setting(ge=0)] | None = None


class Certificate(Part):
    """What the certificate is called, and what it asks."""

    title: Text
    rules: list[CertificateRule] = []


def _tag(tag: str) -> str:
    """Let the tag of a language through. Raises ValueError with what to write instead."""
    nearest = spelled(tag)
    if nearest is None:
        raise ValueError(
            f"{tag} is no tag of a language (BCP 47); write one such as en, ar, pt-BR or zh-Hant"
        )
    if nearest != tag:
        raise ValueError(f"write {nearest} instead of {tag}: that is the language's tag (BCP 47)")
    if len(tag) > LONGEST:
        raise ValueError(f"{tag} is too long: a tag has at most {LONGEST} characters here")
    return tag


class Course(Part):
    """A course: title, dates, modules and the lists its exercises share."""

    id: Id
    title: Text
    subtitle: str = ""
    code: str = ""
    start: date
    end: date
    time_zone: Text = "UTC"
    time_zone_of: str | None = None
    contribution_of: str | None = None
    languages: Annotated[list[Annotated[str, AfterValidator(_tag)]], Setting(min_length=1)]
    contact: str = ""
    modules: Annotated[list[Module], Setting(min_length=1)]
    lists: dict[str, list[Option]] = {}
    words: dict[str, list[str]] = {}
    roles: list[Option] = []
    facts: dict[Literal["organisation", "languages", "region", "time_zone"], str] = {}
    partners: list[Organisation] = []
    signatories: list[dict[str, str]] = []
    outcomes: list[Option] = []
    certificate: Certificate | None = None
    thresholds: dict[str, float | list[float]] = {}
    passport: PassportPlan | None = None
    exercises: SkipJsonSchema[tuple[Exercise, ...]] = Setting(default=(), exclude=True)
    webinars: SkipJsonSchema[tuple[Webinar, ...]] = Setting(default=(), exclude=True)
    language: SkipJsonSchema[str] = Setting(default="en", exclude=True)
    folder: SkipJsonSchema[Path] = Setting(default=Path(), exclude=True)
    edition: SkipJsonSchema[str] = Setting(default="", exclude=True)
    """Under which id people, answers and grades are kept: the course's own, unless it was put into an edition."""

    @field_validator("languages")
    @classmethod
    def _languages_are_single(cls, given: list[str]) -> list[str]:
        if doubled := {tag for tag in given if given.count(tag) > 1}:
            raise ValueError(f"the language {', '.join(sorted(doubled))} is there twice")
        return given

    @field_validator("thresholds", mode="before")
    @classmethod
    def _small_group_is_a_number_of_people(cls, given: Any) -> Any:
        least = given.get("small_group", SMALL_GROUP) if isinstance(given, dict) else SMALL_GROUP
        if isinstance(least, bool) or not isinstance(least, int) or not 1 <= least <= MOST_IN_A_SMALL_GROUP:
            raise ValueError(
                f"small_group is from how many people on results are shown: write a whole number from 1 to "
                f"{MOST_IN_A_SMALL_GROUP}, such as {SMALL_GROUP}"
            )
        return given

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

    @property
    def small_group(self) -> int:
        """From how many people on counts about them are shown."""
        found = self.thresholds.get("small_group", SMALL_GROUP)
        return int(found) if isinstance(found, float) else SMALL_GROUP

    def exercise(self, exercise_id: str) -> Exercise:
        """Return an exercise. Raises KeyError if the course has none of that id."""
        for exercise in self.exercises:
            if exercise.id == exercise_id:
                return exercise
        raise KeyError(exercise_id)

    def webinar(self, webinar_id: str) -> Webinar | None:
        """Return a webinar, or None."""
        return next((webinar for webinar in self.webinars if webinar.id == webinar_id), None)

    def has(self, exercise_id: str) -> bool:
        """Whether the course has an exercise of that id."""
        return any(e.id == exercise_id for e in self.exercises)
