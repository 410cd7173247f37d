"""Says in HTML which language a sentence of the interface is in, where the page around it is in another one.

What the interface says in a language that is not the course's stands between isolates (`academy.i18n`). Here each such
sentence gets an element with `lang` and `dir`, so that a screen reader speaks it as what it is. The isolates stay: a
script that compares texts finds them as it knows them. `js/said/` does the same for what scripts write.
"""

from __future__ import annotations

import re

from academy.i18n import direction, foreign

__all__ = ["with_language"]

_PARTS = re.compile(
    r"<(script|style|title|textarea|option|template|svg)\b.*?</\1\s*>|<!--.*?-->|<[^>]*>|[\u2066-\u2069]",
    re.DOTALL | re.IGNORECASE,
)
"""What can't have elements in it, comments, tags, and the isolates between them."""


def with_language(html: str, language: str) -> str:
    """Return a whole piece of a page in `language` with its interface's own language said; mostly as it is."""
    said = foreign(language)
    if not said:
        return html
    html = str(html)  # of templates it comes as a text that escapes what is put to it
    begin = f'<span lang="{said}" dir="{direction(said)}">'
    made: list[str] = []
    end, depth, until = 0, 0, 0  # `until` is how deep the sentence began that is open, 0 where none is
    for part in _PARTS.finditer(html):
        text = html[end : part.start()]
        made.append(text)
        end, sign = part.end(), part[0]
        if sign == "\u2069":
            depth -= depth > 0
            closes = until > depth
            made.append(f"{sign}</span>" if closes else sign)
            until = 0 if closes else until
        elif len(sign) == 1:
            depth += 1
            before = "".join(made[-2:])
            told = (
                until or sign == "\u2068" or before.endswith(begin)
            )  # names and quotations are of any language
            opens = not told and _is_sentence(html, end)
            made.append(f"{begin}{sign}" if opens else sign)
            until = depth if opens else until
        else:
            made.append(sign)
    return "".join(made) + html[end:]


def _is_sentence(html: str, start: int) -> bool:
    """Whether letters follow: numbers stand between isolates too."""
    text = re.sub(r"<[^>]*>?", "", html[start : start + 400])
    own = re.sub("[\u2066-\u2068][^\u2066-\u2069]*\u2069", "", text).partition("\u2069")[0]
    return any(letter.isalpha() for letter in own)
