"""Field type `bool`: a box to tick."""

from __future__ import annotations

from academy.course.kinds.base import Box, FieldKind, Question
from academy.i18n import translator

__all__ = ["BoolKind"]


class BoolKind(FieldKind):
    """True or false; where it is required, only true is an answer."""

    name = "bool"
    ticked = True
    decides = True

    def deciding(self, question: Question) -> list[str]:
        """Return both."""
        return ["true", "false"]

    def spoiled(self, question: Question) -> list[bool]:
        """Return both."""
        return [True, False]

    def accepts(self, question: Question, value: object) -> bool:
        """Whether it is true or false."""
        return isinstance(value, bool)

    def typed(self, question: Question, value: object) -> bool | None:
        """Return it, None if it is neither."""
        return value if isinstance(value, bool) else None

    def text(self, question: Question, value: object, language: str) -> str:
        """Return yes or no."""
        _ = translator(language)
        return _("Yes") if value else _("No")

    def box(self, question: Question) -> Box:
        """A box to tick."""
        return "bool"

    def from_box(self, question: Question, raw: list[str]) -> bool:
        """Return that it was ticked."""
        return True
