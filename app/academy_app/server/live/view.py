"""View model of the join page: the activity in the person's language, their own answer, the results."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from academy.course import LiveActivity, Webinar
from academy.course.live_kinds import LiveOption
from academy.course.webinar import GRID
from academy.documents.room_state import RoomState
from academy.live.cleaning import HERE, LONGEST_TEXT, LONGEST_WORD, SIGNS, WORDS_A_PERSON
from academy.live.kinds import KINDS, ActivityKind, Fields, ResultLine
from academy.live.kinds.base import Results
from academy.live.prose import prose_html
from academy.live.session import HOME, OPEN

__all__ = ["View", "view_of"]


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
    results: Results | None
    few: int | None = None
    """From how many answers on results are shown, where there are fewer."""
    waits: int | None = None
    """With how many others an answer given in one's own time is counted."""
    lines: list[ResultLine] = field(default_factory=list)
    told: bool = False

    grid = range(1, GRID + 1)
    # browsers count in halves of code points, so that the last word is the server's
    longest_text, longest_word = 2 * SIGNS * LONGEST_TEXT, 2 * SIGNS * LONGEST_WORD

    @property
    def kind(self) -> ActivityKind:
        """What is known of activities of this kind."""
        return KINDS[self.activity.kind]

    @property
    def things(self) -> list[tuple[str, str]]:
        """What is placed on a grid: ids and labels."""
        return [(option.id, option.text) for option in self.activity.options] or [(HERE, self.activity.title)]

    @property
    def boxes(self) -> int:
        """How many words may be written."""
        return self.activity.words.most if self.activity.words else WORDS_A_PERSON

    @property
    def items(self) -> list[tuple[str, dict[str, object]]]:
        """What people wrote, as it is shown: words and questions that many have come first."""
        found = list((self.results or {}).get("items", {}).items())
        if self.activity.about.by_support:
            found.sort(key=lambda item: -item[1]["n"])
        return found

    @property
    def shows(self) -> bool:
        """Whether the results stand here: who has not chosen yet is not told first how the others chose."""
        chosen_later = self.asks and self.mine is None and not self.activity.written
        return self.results is not None and not chosen_later

    @property
    def right(self) -> list[LiveOption]:
        """What is right: options as they stand, or all of them in their right order."""
        activity = self.activity
        if activity.about.whole_order:
            return [option for i in activity.right if (option := activity.option(i)) is not None]
        return [option for option in activity.options if option.id in activity.right]

    @staticmethod
    def plain(n: float) -> float:
        """Return a number as the page's script writes it: 5, not 5.0."""
        return int(n) if n == int(n) else n

    def field(self, name: str) -> str:
        """Return what stands in a field of the form."""
        return next(iter(self.fields.get(name, [])), "")

    def ticked(self, name: str, value: object) -> bool:
        """Whether a box or a choice is ticked."""
        return str(value) in self.fields.get(name, [])

    def column(self, column_id: str) -> str:
        """Return the title of a column of cards."""
        return next((column.title for column in self.activity.columns if column.id == column_id), "")


def view_of(
    webinar: Webinar,
    state: RoomState,
    mine: object,
    *,
    change: bool,
    typed: Fields | None,
    least: int,
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
    kind = KINDS[activity.kind]
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
        asks=opened and (mine is None or again or activity.about.in_steps),
        change=mine is not None and again,
        fields=typed
        if typed is not None
        else (kind.to_form(activity, mine) if again and mine is not None else {}),
        said=kind.said(activity, mine) if mine is not None else [],
        results=results,
        few=state["few"],
        waits=least if activity.anonymous and state["state"] == HOME and least > 1 else None,
        lines=kind.lines(activity, results) if results else [],
        told=results is not None and (state["phase"] == "revealed" or "right" in results),
    )
