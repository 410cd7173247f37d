"""Field types `number` (as people write them) and `scale` (steps)."""

from __future__ import annotations

from typing import Any

from academy.course.kinds.base import Box, Choices, FieldKind, Question, is_text
from academy.i18n import Translator
from academy.numbers import formatted, readings

__all__ = ["NumberKind", "ScaleKind"]

LARGEST = 1e15
"""Up to here a browser, Python and the database mean the same number."""
LONGEST = 40


class NumberKind(FieldKind):
    """A number: a float or an int, or the text that somebody typed for one."""

    name = "number"
    keys = frozenset({"range", "step", "unit"})

    def spoiled(self, question: Question) -> list[Any]:
        """Return nothing, little and much."""
        return [0, 1, 1_000_000]

    def accepts(self, question: Question, value: object) -> bool:
        """Whether it is a number of some size, or a short text."""
        if isinstance(value, bool):
            return False
        return abs(value) <= LARGEST if isinstance(value, int | float) else is_text(value, LONGEST)

    def typed(self, question: Question, value: object) -> float | int | None:
        """Return the number that an answer is, None if it is none or may be two."""
        found = self.meanings(question, value)
        return found[0] if len(found) == 1 else None

    def fault(self, question: Question, value: object, _: Translator) -> str | None:
        """Say if it is no number, may be two, lies outside the range or between the steps."""
        found = self.meanings(question, value)
        if len(found) > 1:
            text = _(
                "This can be read as {one} or as {other}. Please write it without a sign between thousands."
            )
            return text.format(one=f"{found[0]:.15g}", other=f"{found[1]:.15g}")
        if not found:
            return _("Please write a number, such as 12 or 12.5.")
        if question.range and not question.range[0] <= found[0] <= question.range[1]:
            return _("Please write a number from {low} to {high}.").format(
                low=f"{question.range[0]:.15g}", high=f"{question.range[1]:.15g}"
            )
        if not self.fits_step(question, found[0]):
            if question.step in (None, 1):
                return _("Please write a whole number, such as 12.")
            return _("Please write a number in steps of {step}.").format(step=f"{question.step:.15g}")
        return None

    def text(self, question: Question, value: Any, language: str) -> str:
        """Return the number with its unit."""
        return f"{formatted(value, language)} {question.unit}".strip()

    def box(self, question: Question) -> Box:
        """A line for a number."""
        return "number"

    def from_box(self, question: Question, raw: list[str]) -> Any:
        """Return the number, None if it is none or may be two."""
        return self.typed(question, raw[0])

    def meanings(self, question: Question, value: object) -> tuple[float | int, ...]:
        """Return what a value can mean as a number. Of two readings the one counts that alone fits the steps."""
        if isinstance(value, int | float) and not isinstance(value, bool):
            return (value,)
        found = readings(value) if isinstance(value, str) else ()
        fitting = tuple(one for one in found if self.fits_step(question, one))
        return fitting if len(found) > 1 and fitting else found

    def step(self, question: Question) -> float | None:
        """Return the distance between two numbers, None where any will do."""
        return question.step

    def fits_step(self, question: Question, value: float | int) -> bool:
        """Whether a number is one of the steps, counted from where the range begins."""
        step = self.step(question)
        steps = (value - (question.range[0] if question.range else 0)) / step if step else 0
        return abs(steps - round(steps)) < 1e-6


class ScaleKind(NumberKind):
    """A whole step between two ends that have a meaning."""

    name = "scale"
    keys = frozenset({"range", "low", "high"})
    needs = frozenset({"range"})
    decides = True

    def contradiction(self, question: Question) -> str | None:
        """The ends are whole numbers."""
        if question.range and not all(end == int(end) for end in question.range):
            return "the range of a scale must be whole numbers"
        return None

    def deciding(self, question: Question) -> list[str] | None:
        """Return the steps."""
        if not question.range:
            return None
        return [str(n) for n in range(int(question.range[0]), int(question.range[1]) + 1)]

    def spoiled(self, question: Question) -> list[Any]:
        """Return each step."""
        return [int(step) for step in self.deciding(question) or []]

    def typed(self, question: Question, value: object) -> int | None:
        """Return the step, None if it is none."""
        found = super().typed(question, value)
        return int(found) if found is not None and found == int(found) else None

    def step(self, question: Question) -> float:
        """Steps are one apart."""
        return 1

    def box(self, question: Question) -> Box:
        """A list of the steps."""
        return "one"

    def steps(self, question: Question) -> Choices:
        """Return the steps."""
        first, last = (int(end) for end in question.range or (1, 5))
        return tuple((str(n), str(n)) for n in range(first, last + 1))

    def from_box(self, question: Question, raw: list[str]) -> int | None:
        """Return the step that was chosen."""
        return int(raw[0]) if raw[0].isdecimal() and len(raw[0]) < 4 else None
