"""A room as its page shows it: what is asked, in the person's language, their own answer, and the results."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from academy.course import LiveActivity, Webinar
from academy.course.webinar import GRID
from academy.live.prose import prose_html
from academy.live.session import HOME, OPEN
from academy.live.values import HERE, LONGEST_TEXT, LONGEST_WORD, SIGNS, WORDS_A_PERSON

__all__ = ["Line", "View", "view_of"]

Fields = dict[str, list[str]]


@dataclass(frozen=True)
class Line:
    """A line of the results. `key` is where its number stands in the state's results."""

    key: str
    label: str
    n: float
    more: float | None = None
    right: bool = False
    why: str = ""
    less: int | None = None
    """Where less is better, such as a mean place: what the bar is as long as, less the number."""

    @property
    def bar(self) -> float:
        """How long the bar is."""
        return self.n if self.less is None else self.less - self.n


@dataclass(frozen=True)
class View:
    """What the page of a room shows of one activity."""

    activity: LiveActivity
    prompt: str
    why: str
    phase: str
    held: bool
    answered: int
    people: int
    round: int
    mine: Any
    asks: bool
    change: bool
    fields: Fields
    said: list[str]
    results: dict[str, Any] | None
    few: int | None = None
    """From how many answers on results are shown, where there are fewer."""
    waits: int | None = None
    """With how many others an answer given in one's own time is counted."""
    lines: list[Line] = field(default_factory=list)
    told: bool = False

    grid = range(1, GRID + 1)
    # browsers count in halves of code points, so that the last word is the server's
    longest_text, longest_word = 2 * SIGNS * LONGEST_TEXT, 2 * SIGNS * LONGEST_WORD

    @property
    def things(self) -> list[tuple[str, str]]:
        """What is placed on a grid: ids and labels."""
        return [(option.id, option.text) for option in self.activity.options] or [(HERE, self.activity.title)]

    @property
    def boxes(self) -> int:
        """How many words may be written."""
        return self.activity.words.most if self.activity.words else WORDS_A_PERSON

    @property
    def items(self) -> list[tuple[str, dict[str, Any]]]:
        """What people wrote, as it is shown: words and questions that many have come first."""
        found = list((self.results or {}).get("items", {}).items())
        if self.activity.kind in ("words", "questions"):
            found.sort(key=lambda item: -item[1]["n"])
        return found

    @property
    def shows(self) -> bool:
        """Whether the results stand here: who has not chosen yet is not told first how the others chose."""
        chosen_later = self.asks and self.mine is None and not self.activity.written
        return self.results is not None and not chosen_later

    def field(self, name: str) -> str:
        """Return what stands in a field of the form."""
        return next(iter(self.fields.get(name, [])), "")

    def ticked(self, name: str, value: Any) -> bool:
        """Whether a box or a choice is ticked."""
        return str(value) in self.fields.get(name, [])

    def column(self, column_id: str) -> str:
        """Return the title of a column of cards."""
        return next((column.title for column in self.activity.columns if column.id == column_id), "")


def view_of(
    webinar: Webinar,
    state: dict[str, Any],
    mine: Any,
    *,
    change: bool = False,
    typed: Fields | None = None,
    least: int = 1,
) -> View | None:
    """Return what is shown of the activity that the state is about, None where none is on.

    `least` is the course's least number of people about whom anything is shown.
    """
    if state["activity"] is None:
        return None
    spot = state["spot"]
    found = LiveActivity.model_validate(spot) if spot else webinar.activity(state["activity"])
    if found is None:
        return None
    activity = found.model_copy(update={"names": state["names"] or found.names})
    opened, results = state["phase"] == OPEN, state["results"]
    again = opened and (change or typed is not None)
    return View(
        activity=activity,
        prompt=prose_html(activity.prompt),
        why=prose_html(activity.why),
        phase=state["phase"],
        held=state["held"],
        answered=state["answered"],
        people=state["people"],
        round=state["round"],
        mine=mine,
        asks=opened and (mine is None or again or activity.kind == "questions"),
        change=mine is not None and again,
        fields=typed if typed is not None else (_fields(activity, mine) if again else {}),
        said=_said(activity, mine),
        results=results,
        few=state["few"],
        waits=least if activity.anonymous and state["state"] == HOME and least > 1 else None,
        lines=_lines(activity, results) if results else [],
        told=results is not None and (state["phase"] == "revealed" or "right" in results),
    )


def _lines(activity: LiveActivity, results: dict[str, Any]) -> list[Line]:
    right = results.get("right") or []
    if activity.kind == "ranking":
        found = [
            Line(
                f"mean.{option.id}",
                option.text,
                mean,
                results["spread"][option.id],
                why=option.why,
                less=len(activity.options) + 1,
            )
            for option in activity.options
            if (mean := results["mean"].get(option.id)) is not None
        ]
        return sorted(found, key=lambda line: line.n)
    if activity.kind == "scale":
        ends = {activity.scale.least: activity.scale.low, activity.scale.most: activity.scale.high}
        return [
            Line(
                f"counts.{step}", f"{step} {ends.get(step, '')}".strip(), results["counts"].get(str(step), 0)
            )
            for step in activity.scale.steps
        ]
    return [
        Line(f"counts.{o.id}", o.text, results["counts"].get(o.id, 0), right=o.id in right, why=o.why)
        for o in activity.options
        if "counts" in results
    ]


def _said(activity: LiveActivity, mine: Any) -> list[str]:
    """A person's own answer in words."""
    if mine is None:
        return []
    texts = {option.id: option.text for option in activity.options}
    match activity.kind:
        case "choice" | "multi" | "quiz":
            return [texts.get(item, item) for item in ([mine] if isinstance(mine, str) else mine)]
        case "ranking":
            return [f"{place}. {texts.get(item, item)}" for place, item in enumerate(mine, 1)]
        case "scale":
            return [str(mine)]
        case "cards":
            titles = {column.id: column.title for column in activity.columns}
            return [f"{titles.get(column, column)}: {text}" for column, text in mine.items()]
        case "place" if activity.axes is not None:
            x, y = activity.axes.x.title, activity.axes.y.title
            return [
                f"{texts.get(thing, '')} {x} {place[0]}, {y} {place[1]}".strip()
                for thing, place in mine.items()
            ]
        case "questions":
            return list(mine["asked"].values())
        case _:
            return list(mine)


def _fields(activity: LiveActivity, mine: Any) -> Fields:
    """A person's own answer as the fields of the form."""
    if mine is None or activity.kind == "questions":
        return {}
    match activity.kind:
        case "ranking":
            return {f"p-{option}": [str(place)] for place, option in enumerate(mine, 1)}
        case "place":
            return {
                f"{axis}-{thing}": [str(n)]
                for thing, place in mine.items()
                for axis, n in zip("xy", place, strict=True)
            }
        case "cards":
            return {f"c-{column}": [text] for column, text in mine.items()}
        case _:
            return {"v": [str(item) for item in (mine if isinstance(mine, list) else [mine])]}
