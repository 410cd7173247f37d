"""Rules about what people write: `texts`, `own_words`, `no_personal_data`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

from pydantic import Field as Setting
from pydantic import model_validator

from academy.course.rules.base import Named, Names, Rule
from academy.course.rules.conditions import Condition
from academy.course.rules.finding import Finding

if TYPE_CHECKING:
    from academy.course.rules.look import Look

__all__ = ["NoPersonalData", "OwnWords", "Texts"]


class Texts(Rule):
    """Each text of some fields and columns fits a condition; what was left empty does not count.

    `uses` names a word list; `in_action` asks for what people will do (no word of `vague_verbs` without one of
    `doing_verbs`), `specific` for more than words of `general_people`, `digit` for a digit.
    """

    example: ClassVar[str] = "{kind: texts, of: [map.need], that: {in_action: true}}"
    about_what_is_there: ClassVar[bool] = True
    kind: Literal["texts"]
    of: Annotated[Names, Setting(min_length=1)]
    that: Condition

    @model_validator(mode="after")
    def _alone(self) -> Texts:
        if self.that.compares:
            raise ValueError("a text is looked at alone; same_as and before belong into a rows rule")
        return self

    def find(self, at: Look) -> Finding:
        """Return the share of the texts that fit, and where the others are."""
        written = at.texts(self.of)
        weak = [path for path, text in written if not self.that.met(text, at, {})]
        return Finding((len(written) - len(weak)) / len(written) if written else 0.0, weak)

    def named(self) -> Iterator[Named]:
        """The fields and columns, and the lists."""
        for name in self.of:
            yield Named("of", "text", name)
            yield from self.that.named("that", name)


class OwnWords(Rule):
    """No text is a stand-in, an example of the help (`stand_ins`, `help_examples`) or the same words over and over.

    In the columns `different` no row may repeat another. A single such text loses all points.
    """

    example: ClassVar[str] = "{kind: own_words, different: [map.change]}"
    about_what_is_there: ClassVar[bool] = True
    kind: Literal["own_words"]
    different: Names = []

    def find(self, at: Look) -> Finding:
        """Return whether all are one's own, and where the others are."""
        return at.own_words(self.different)

    def named(self) -> Iterator[Named]:
        """The columns."""
        return (Named("different", "text", name) for name in self.different)


class NoPersonalData(Rule):
    """No text looks like it holds a telephone, e-mail or identity number. A single one loses all points."""

    example: ClassVar[str] = "{kind: no_personal_data}"
    about_what_is_there: ClassVar[bool] = True
    kind: Literal["no_personal_data"]

    def find(self, at: Look) -> Finding:
        """Return whether there is none, and where there is some."""
        return at.no_personal_data()
