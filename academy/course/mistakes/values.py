"""Single values of YAML files: what they are for YAML, which of them can't be read, and how a text is quoted."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

import regex
import yaml

__all__ = ["CURLY", "DEEPEST", "ODD_SPACE", "ODD_SPACES", "at", "misread", "quoted", "scalars", "unreadable"]

CURLY = "“”„‟«»‘’‚"
"""Quotation marks as word processors write them: for YAML they are letters."""
DEEPEST = 60
"""No file of ours is nested deeper than this."""
ODD_SPACE = regex.compile("[\u00a0\u1680\u2000-\u200f\u202f\u205f\u3000\ufeff]")
ODD_SPACES = "this line has spaces from a word processor or a web page. Delete them and type them anew."
_TIMESTAMP = "tag:yaml.org,2002:timestamp"


def quoted(text: str) -> str:
    """Return a text as YAML has it between quotes: double ones, or single ones where it has double ones itself."""
    bare = text.strip().strip(CURLY + "\"'")
    return f"'{bare}'" if '"' in bare and "'" not in bare else '"' + bare.replace('"', "'") + '"'


def at(line: int, column: int, said: str) -> str:
    """Return a sentence with its line and column, which count from 0 here."""
    return f"line {line + 1}, column {column + 1}: {said}"


def unreadable(text: str) -> str:
    """A character that no file of text has."""
    found = regex.search(r"[^\t\n\r\x20-\x7E\x85\xA0-\uD7FF\uE000-\uFFFD\U00010000-\U0010FFFF]", text)
    if not found:
        return "this is not valid YAML. It has a character that can't be read; write its text anew."
    before = text[: found.start()]
    said = (
        f"there is a character here that nobody sees (U+{ord(found[0]):04X}), so this is not valid YAML. "
        "Delete the text around it and write it anew."
    )
    return at(before.count("\n"), found.start() - (before.rfind("\n") + 1), said)


def misread(node: yaml.Node | None) -> str:
    """A value that looks like a day or a number and is none."""
    for scalar in scalars(node):
        mark, value = scalar.start_mark, scalar.value
        if scalar.tag == _TIMESTAMP and not _is_day(value):
            said = f"{value} is no day of the calendar. Write one that there is, such as 2026-02-28, or "
            return at(mark.line, mark.column, f'{said}put it between quotes if it is a text: "{value}".')
        if scalar.tag.endswith((":int", ":float")) and not _is_number(scalar):
            said = "this is no number that can be read. Write one, or put the text between quotes."
            return at(mark.line, mark.column, said)
    return "this is not valid YAML. Compare it with another file of the same name."


def scalars(node: yaml.Node | None, depth: int = 0) -> Iterator[yaml.ScalarNode]:
    """Walk over all single values of a file, keys too."""
    if isinstance(node, yaml.ScalarNode):
        yield node
    elif isinstance(node, yaml.CollectionNode) and depth < DEEPEST:
        for part in node.value:
            for inner in part if isinstance(part, tuple) else (part,):
                yield from scalars(inner, depth + 1)


def _is_day(value: str) -> bool:
    found = regex.match(r"(\d{4})-(\d\d?)-(\d\d?)$", value)
    try:
        return bool(found and datetime.date(*map(int, found.groups())))
    except ValueError:
        return False


def _is_number(scalar: yaml.ScalarNode) -> bool:
    try:
        constructor = yaml.constructor.SafeConstructor()
        constructor.construct_document(scalar)
    except ValueError:
        return False
    return True
