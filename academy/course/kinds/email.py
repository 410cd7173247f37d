"""Field type `email`: the address of an office or a helpline. That of somebody in person is personal data."""

from __future__ import annotations

import re

from academy.course.kinds.base import FieldKind, Question, is_text
from academy.i18n import Translator
from academy.words import shows

__all__ = ["EmailKind"]

LONGEST = 254
"""RFC 5321, section 4.5.3.1.3, less the brackets around a path."""
ADDRESS = re.compile(r"[^\s@]+@[^\s@.]+(\.[^\s@.]+)+")
"""The form in the browser has the same rule (`js/form/fields/email.js`); whether mail arrives no rule can tell."""


class EmailKind(FieldKind):
    """An e-mail address."""

    name = "email"
    keys = frozenset({"placeholder"})

    def accepts(self, question: Question, value: object) -> bool:
        """Whether it is a text that is no longer than an address can be."""
        return is_text(value, LONGEST)

    def typed(self, question: Question, value: object) -> str | None:
        """Return the address as it was written, None if it shows nothing."""
        return value if isinstance(value, str) and shows(value) else None

    def fault(self, question: Question, value: object, _: Translator) -> str | None:
        """Say if it can't be an address."""
        if isinstance(value, str) and ADDRESS.fullmatch(value.strip()):
            return None
        return _("This is not an e-mail address yet. It looks like office@union.example.")
