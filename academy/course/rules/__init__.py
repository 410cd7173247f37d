"""Registry of the rules that checks are declared with in `exercise.yaml`: what mostly is looked at, and no language.

A new kind is a class here (its keys, what it finds, what it names, an example) and a line in `AnyRule`. What needs more
thought than that is a function of `checks.py`.
"""

from __future__ import annotations

from typing import Annotated, get_args

from pydantic import Discriminator

from academy.course.rules.base import Rule
from academy.course.rules.counted import Alone, Different, NoTwoAlike, Rows, Used
from academy.course.rules.figures import AddsUp, DatesInside, PartOf
from academy.course.rules.filled import Answered, AnswersAre, Complete, Words
from academy.course.rules.joined import AllOf, AnyOf, Depends, EachOf, InTurn
from academy.course.rules.written import NoPersonalData, OwnWords, Texts

__all__ = ["RULES", "AnyRule", "Rule"]

AnyRule = Annotated[
    Complete
    | Answered
    | AnswersAre
    | Words
    | Rows
    | Different
    | Used
    | Alone
    | NoTwoAlike
    | Texts
    | OwnWords
    | NoPersonalData
    | AddsUp
    | PartOf
    | DatesInside
    | AllOf
    | AnyOf
    | EachOf
    | InTurn
    | Depends,
    Discriminator("kind"),
]
_KINDS: tuple[type[Rule], ...] = get_args(get_args(AnyRule)[0])
RULES: dict[str, type[Rule]] = {get_args(kind.model_fields["kind"].annotation)[0]: kind for kind in _KINDS}
for _kind in (AllOf, AnyOf, EachOf, InTurn, Depends):
    _kind.model_rebuild(_types_namespace={"AnyRule": AnyRule})
