"""Field types `ref` (a reference to other answers) and `computed` (a text that code makes)."""

from __future__ import annotations

from typing import Any

from academy.course.kinds.base import Box, FieldKind, Question, is_text
from academy.course.kinds.choice import SHORT, are_ids, known_ids, number_fault
from academy.i18n import Translator
from academy.words import shows

__all__ = ["ComputedKind", "RefKind"]


class RefKind(FieldKind):
    """A reference: with `choose` an answer, the id of a row or an option or a list of them; without it only read.

    How what was chosen is called is known to `academy.course.refs`.
    """

    name = "ref"
    keys = frozenset({"of", "show", "choose"})
    needs = frozenset({"of"})
    refers = True
    decides = True

    def asked(self, question: Question) -> bool:
        """Only where one chooses."""
        return question.choose is not None

    def several(self, question: Question) -> bool:
        """Whether more than one may be chosen."""
        return question.choose is not None and question.choose[1] > 1

    def spoiled(self, question: Question) -> list[Any]:
        """Return what is not there to choose from."""
        return [["rgone"] if self.several(question) else "rgone"]

    def accepts(self, question: Question, value: object) -> bool:
        """Whether it is an id, or a list of ids."""
        return are_ids(value) if self.several(question) else is_text(value, SHORT)

    def typed(self, question: Question, value: object) -> Any:
        """Return the id, or the list of ids."""
        if self.several(question):
            return known_ids(question, value)
        return value if isinstance(value, str) else None

    def fault(self, question: Question, value: object, _: Translator) -> str | None:
        """Say if too little or too much was chosen."""
        chosen = self.typed(question, value)
        return number_fault(question, len(chosen) if isinstance(chosen, list) else int(chosen is not None), _)

    def box(self, question: Question) -> Box:
        """A list, or boxes to tick."""
        return "many" if self.several(question) else "one"

    def from_box(self, question: Question, raw: list[str]) -> Any:
        """Return what was chosen."""
        return raw if self.several(question) else raw[0]


class ComputedKind(FieldKind):
    """A text that the exercise's own code says."""

    name = "computed"
    keys = frozenset({"compute"})
    needs = frozenset({"compute"})
    computed = True

    def asked(self, question: Question) -> bool:
        """Never."""
        return False

    def accepts(self, question: Question, value: object) -> bool:
        """Nothing: nobody can write here."""
        return False

    def typed(self, question: Question, value: object) -> Any:
        """Return the text, None if it shows nothing."""
        return value if isinstance(value, str) and shows(value) else None
