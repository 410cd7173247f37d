"""Field types `choice` and `multi`: one option, or several."""

from __future__ import annotations

from typing import Any

from academy.course.kinds.base import Box, FieldKind, Question, is_text, options_of
from academy.i18n import Translator, listed

__all__ = ["MOST_ITEMS", "SHORT", "ChoiceKind", "MultiKind", "are_ids", "known_ids", "number_fault"]

SHORT = 200
MOST_ITEMS = 200
LONGEST_ID = 64


def are_ids(value: object) -> bool:
    """Whether a value is a list of ids."""
    return (
        isinstance(value, list)
        and len(value) <= MOST_ITEMS
        and all(is_text(item, LONGEST_ID) for item in value)
    )


def known_ids(question: Question, value: object) -> list[str]:
    """Return the ids of a list that are among the options, all where there are none."""
    items = [item for item in value if isinstance(item, str)] if isinstance(value, list) else []
    known = {option.id for option in question.options} if question.options is not None else None
    return [item for item in items if known is None or item in known]


def number_fault(question: Question, count: int, _: Translator) -> str | None:
    """Say if nothing, too little or too much was chosen."""
    least, most = question.choose or (1, 1000)
    if count == 0:
        return _("Please choose one of the answers.")
    if count < least:
        return _("Please choose at least {least}; you chose {n}.").format(least=least, n=count)
    if count > most:
        return _("Please choose at most {most}; you chose {n}.").format(most=most, n=count)
    return None


class ChoiceKind(FieldKind):
    """One of several options; the answer is its id."""

    name = "choice"
    keys = frozenset({"options", "shown_as"})
    needs = frozenset({"options"})
    chosen_from = True
    decides = True

    def deciding(self, question: Question) -> list[str] | None:
        """Return the ids of the options."""
        return [option.id for option in question.options] if question.options is not None else None

    def spoiled(self, question: Question) -> list[Any]:
        """Return each option."""
        return [*(self.deciding(question) or [])]

    def accepts(self, question: Question, value: object) -> bool:
        """Whether it is a short text."""
        return is_text(value, SHORT)

    def typed(self, question: Question, value: object) -> Any:
        """Return the id, None if there is no such option."""
        return value if value in [option.id for option in question.options or ()] else None

    def fault(self, question: Question, value: object, _: Translator) -> str | None:
        """Say if the option is not there."""
        return None if self.typed(question, value) else _("Please choose one of the answers.")

    def text(self, question: Question, value: object, language: str) -> str:
        """Return the label."""
        return listed(options_of(question, _list(value)), language)

    def box(self, question: Question) -> Box:
        """A list of which one is chosen."""
        return "one"


class MultiKind(ChoiceKind):
    """Some of several options; the answer is a list of their ids."""

    name = "multi"
    keys = frozenset({"options", "choose"})

    def spoiled(self, question: Question) -> list[Any]:
        """Return all options together, and each alone."""
        there = self.deciding(question) or []
        return [there, *([one] for one in there)]

    def accepts(self, question: Question, value: object) -> bool:
        """Whether it is a list of ids."""
        return are_ids(value)

    def typed(self, question: Question, value: object) -> list[str]:
        """Return the ids of options that are there."""
        return known_ids(question, value)

    def fault(self, question: Question, value: object, _: Translator) -> str | None:
        """Say if too little or too much was chosen."""
        return number_fault(question, len(self.typed(question, value)), _)

    def box(self, question: Question) -> Box:
        """Boxes to tick."""
        return "many"

    def from_box(self, question: Question, raw: list[str]) -> list[str]:
        """Return what was ticked."""
        return raw


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]
