"""Says what is wrong in a YAML file that can't be read: line, column, and what to write instead."""

from __future__ import annotations

from typing import NamedTuple

import regex
import yaml

from academy.course.mistakes.values import ODD_SPACE, ODD_SPACES, at, misread, quoted, unreadable

__all__ = ["NOT_UTF_8", "mistake"]

NOT_UTF_8 = "this is not UTF-8 text. Save it with the encoding UTF-8."


class _Place(NamedTuple):
    line: int
    column: int


_PAIR = regex.compile(r"^(?P<before>\s*(?:- +)*(?:\{ *)?(?P<key>[^\s:#\"'{\[][^:#\"'{\[]*): +)(?P<value>.*)$")
_CONFLICT = regex.compile(r"<{7} |>{7} |={7}$")


def mistake(error: Exception, text: str, node: yaml.Node | None) -> str:
    """Return a sentence for an error of the parser, with its line and column where they are known."""
    lines = text.split("\n")
    if isinstance(error, yaml.MarkedYAMLError) and error.problem_mark:
        line, column, said = _marked(error, lines)
    elif isinstance(error, yaml.reader.ReaderError):
        return unreadable(text)
    elif isinstance(error, RecursionError):
        return "this is nested too deep, or in itself. Write it with fewer brackets."
    else:
        return misread(node)
    return at(line, column, said)


# -- errors with a place --------------------------------------------------------------------------------------


def _marked(error: yaml.MarkedYAMLError, lines: list[str]) -> tuple[int, int, str]:
    problem, context = str(error.problem), str(error.context)
    mark = error.problem_mark
    assert mark is not None
    last = len(lines) - 1
    line = min(mark.line, last)
    column = mark.column if mark.line <= last else len(lines[last])
    begun = (
        _Place(min(error.context_mark.line, last), error.context_mark.column) if error.context_mark else None
    )
    begun = begun or _Place(line, column)
    here = lines[line]
    if both := next((number for number, text in enumerate(lines) if _CONFLICT.match(text)), None):
        said = (
            "here two versions of this file were put together. Keep one of them, and take out the lines of <<<<<<<, "
            "======= and >>>>>>>."
        )
        return both, 0, said
    for number in range(
        max(min(begun.line, line - 1), 0), line + 1
    ):  # what is told of a later line often begins with it
        stripped = lines[number].lstrip(" ")
        if ODD_SPACE.match(stripped):
            return number, len(lines[number]) - len(stripped), ODD_SPACES
        if stripped.startswith("\t"):
            said = "this line begins with a tab. Write spaces instead: two for each step to the right."
            return number, len(lines[number]) - len(stripped), said
    if "quoted scalar" in context and "end of stream" in problem:
        said = "the quotation mark here is never closed. Write the same mark at the end of the text."
        return begun.line, begun.column, said
    if "quoted scalar" in context:
        said = (
            "in double quotes a backslash begins a sign of its own. Put the text between single quotes: '…'."
        )
        return line, column, said
    if "flow" in context:
        return _brackets(context, line, column, begun, lines)
    if (
        "anchor" in context
        or "alias" in context
        or "alias" in problem
        or "tag" in problem
        or "token" in problem
    ):
        sign = lines[begun.line][begun.column : begun.column + 1]
        place = (begun.line, begun.column) if sign and not sign.isalnum() else (line, column)
        said = f"a text can't begin with {here[place[1] : place[1] + 1] or sign}. Put it between quotes: "
        return *place, said + _pair(lines[place[0]], "title") + "."
    if "block scalar" in context:
        return (
            begun.line,
            begun.column,
            "a text can't begin with > or |. Put it between quotes: "
            + _pair(lines[begun.line], "title")
            + ".",
        )
    return _structure(problem, context, line, column, begun, lines)


def _brackets(context: str, line: int, column: int, begun: _Place, lines: list[str]) -> tuple[int, int, str]:
    """Between { } or [ ] something is missing."""
    if context.endswith("flow node"):
        if found := _last_open(lines) if column >= len(lines[line]) else None:
            sign = lines[found.line][found.column]
            said = f"the bracket {sign} here is never closed. Write {_CLOSING[sign]} at the end."
            return found.line, found.column, said
        said = (
            "something is missing here, or a bracket before it is never closed. Write ] or } where it ends."
        )
        return line, column, said
    opening, closing = ("{", "}") if "mapping" in context else ("[", "]")
    here = lines[line]
    if line == begun.line and here[column : column + 1] == ":":
        said = (
            f"there is a second colon between {opening} {closing}. Put the text that has it between quotes: "
        )
        inner = regex.search(r"([\w-]+: )([^,{}\[\]]*)$", here[:column])
        rest = regex.match(r":[^,}\]]*", here[column:])
        text = inner[1] + quoted(inner[2] + rest[0]) if inner and rest else 'label: "Week: two"'
        return line, column, f"{said}{text}."
    for number in range(begun.line, line + 1):
        if cut := regex.search(r"(?<=\s)#\S", lines[number]):
            return number, cut.start(), _CUT
    if line == begun.line and here[column : column + 1]:
        said = (
            f"a comma is missing between {opening} {closing}, or a text with a sign needs quotes around it."
        )
        return line, column, said
    said = f"the bracket {opening} here is never closed. Write {closing} at the end, and commas between its parts."
    return begun.line, begun.column, said


def _last_open(lines: list[str]) -> _Place | None:
    """The last bracket that opens."""
    there = [_Place(n, text.rfind(sign)) for n, text in enumerate(lines) for sign in _CLOSING if sign in text]
    return max(there, default=None)


_CLOSING = {"[": "]", "{": "}"}
_NO_KEY = "this line has no key. Write “key: text”, such as “title: Context map”."
_CUT = (
    "what stands behind # is not read: it is taken for a comment. Put the text between quotes, such as "
    'label: "Group #1".'
)


def _structure(
    problem: str, context: str, line: int, column: int, begun: _Place, lines: list[str]
) -> tuple[int, int, str]:
    """Lines that do not fit together: colons, indentation, quotes within quotes."""
    here = lines[line]
    if "expected a single document" in context or "document start" in problem:
        return line, 0, "a line of --- or ... ends the file, and more follows. Take that line out."
    if "unhashable" in problem:
        return line, column, 'brackets can\'t stand here. Put the text between quotes, such as label: "{…}".'
    if "merging" in problem:
        return (
            line,
            column,
            "<< takes over what has a name: write <<: *name, and &name where that stands, or take it out.",
        )
    if "expected ':'" in problem:
        here = lines[begun.line]
        if regex.match(r"\s*(- )?[\w-]+:\S", here):
            said = "a space is missing after the colon. Write “{}”."
            return begun.line, begun.column, said.format(regex.sub(r":(?=\S)", ": ", here.strip(), count=1))
        return begun.line, begun.column, _NO_KEY
    if "mapping values" in problem:
        pair = _PAIR.match(here)
        if pair and ": " in pair["value"] + " ":
            said = f"a text with a colon needs quotes around it. Write {_pair(here, 'title')}."
            return line, column, said
        before = lines[line - 1].strip() if line else ""
        if regex.match(r"(- )?[\w-]+:\S", before):
            fixed = regex.sub(r":(?=\S)", ": ", before, count=1)
            return line - 1, 0, f"a space is missing after the colon. Write “{fixed}”."
        if regex.match(r"-[\w\"']", before):
            return line - 1, 0, f"a space is missing after the hyphen. Write “- {before[1:]}”."
        if before and ":" not in before:
            return line - 1, 0, _NO_KEY
        said = "this line is further to the right than the one above it. Begin it below the first letter of that one."
        return line, len(here) - len(here.lstrip()), said
    before_it = here[:column].rstrip()
    if before_it.endswith(('"', "'")) and here[column : column + 1].strip():
        said = "a text ends at its second quotation mark, and more follows. Write other marks around it: "
        return line, column, f"{said}{_pair(here, 'title')}."
    if here[column : column + 1] in ("]", "}"):
        return line, column, f"there is one {here[column]} too many. Take it out."
    if "block" in context:
        said = (
            "this line does not begin below one that it belongs to. Give it as many spaces as its neighbours have, "
            "and “- ” where a list goes on."
        )
        return line, column, said
    return line, column, f"this is not valid YAML: {problem}. Compare it with the lines around it."


def _pair(line: str, key: str) -> str:
    """A line of key and text with quotes around its text."""
    found = _PAIR.match(line)
    if not found:
        return f'{key}: "…"'
    value = regex.split(r" #|[}] *$", found["value"])[0].rstrip()
    return f"{found['key'].strip()}: {quoted(value)}"
