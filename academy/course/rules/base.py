"""Base class of the rules that checks are declared with: keys, places, and what they name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal, NamedTuple

from pydantic import BeforeValidator

from academy.course.fields import Part
from academy.course.rules.finding import Finding

if TYPE_CHECKING:
    from academy.course.rules.look import Look

__all__ = ["Named", "Names", "Rule", "as_list", "union"]


def as_list(given: Any) -> Any:
    """Return a list; where there is only one, its brackets need not be written."""
    return [given] if isinstance(given, str | bool | int) else given


Names = Annotated[list[str], BeforeValidator(as_list, json_schema_input_type=list[str] | str)]
"""Fields and columns by their addresses, one or several."""


class Named(NamedTuple):
    """A name in a declaration: the key where it stands, what it has to be, and the table it is in, if it is a column.

    An `answer` is a field or a column (`field`, `table.column`), and so are a `number`, a `date`, a `text` (or a whole
    table of them) and a `ref`; `rows` are a table or what was chosen in a field, also of another exercise; `words` a
    list of words; an `option` is an answer that can be given to `of`.
    """

    key: str
    what: Literal[
        "answer", "field", "table", "column", "number", "date", "text", "ref", "rows", "words", "option"
    ]
    name: str
    of: str = ""


class Rule(Part):
    """A rule over the answers. `places` is where it points when it is missed and finds no place by itself."""

    example: ClassVar[str]
    """How it is written, for docs/checks.md."""
    about_what_is_there: ClassVar[bool] = False
    """Whether it is about the answers that are there, so that an empty place says nothing about what it looks at."""
    kind: str
    places: Names = []

    def found(self, at: Look) -> Finding:
        """Look at the answers."""
        finding = self.find(at)
        if finding.passed or finding.paths or not self.places:
            return finding
        return Finding(finding.share, self.places)

    def find(self, at: Look) -> Finding:
        """Return what the kind of rule finds."""
        raise NotImplementedError

    def named(self) -> Iterator[Named]:
        """Return what the rule names, for the linter."""
        yield from ()

    def inner(self) -> Iterator[tuple[str, Rule]]:
        """Return the rules that it is made of, each with its key."""
        yield from ()


def union(findings: Iterable[Finding]) -> list[str]:
    """Return the paths of all findings, each once."""
    return list(dict.fromkeys(path for finding in findings for path in finding.paths))
