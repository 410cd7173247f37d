"""Field types `text` (paragraphs) and `line` (one line)."""

from __future__ import annotations

from academy.course.kinds.base import Box, FieldKind, Question, is_text
from academy.i18n import Translator
from academy.words import count_characters, count_words, shows

__all__ = ["LineKind", "TextKind"]

LONGEST_TEXT = 20_000


class TextKind(FieldKind):
    """Paragraphs."""

    name = "text"
    keys = frozenset({"words", "placeholder"})
    written = True
    paragraphs = True

    def accepts(self, question: Question, value: object) -> bool:
        """Whether it is a text."""
        return is_text(value, LONGEST_TEXT)

    def typed(self, question: Question, value: object) -> str | None:
        """Return the text, None if it shows nothing."""
        return value if isinstance(value, str) and shows(value) else None

    def fault(self, question: Question, value: object, _: Translator) -> str | None:
        """Say if it is too long or too short."""
        if not isinstance(value, str):
            return _("Please write this as text.")
        if question.chars and (n := count_characters(value)) > question.chars:
            return _("Please shorten this to {most} characters; it has {n}.").format(most=question.chars, n=n)
        if question.words:
            words, (least, most) = count_words(value), question.words
            if words < least:
                return _("Please write a little more: {n} of at least {least} words.").format(
                    n=words, least=least
                )
            if words > most:
                return _("Please shorten this: {n} words, and at most {most} fit.").format(n=words, most=most)
        return None

    def box(self, question: Question) -> Box:
        """An area, or a line."""
        return self.name


class LineKind(TextKind):
    """One line."""

    name = "line"
    keys = frozenset({"chars", "words", "placeholder"})
    paragraphs = False
