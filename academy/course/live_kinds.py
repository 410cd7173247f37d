"""Registry of live activity types as `live.yaml` declares them: their keys, and how people answer.

What a kind does with answers is in `academy.live.kinds`.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["LIVE_KINDS", "LiveKind"]

_CHOSEN = frozenset({"options", "list_name", "why"})
_WRITTEN = frozenset({"words", "moderate"})


@dataclass(frozen=True)
class LiveKind:
    """A kind of activity as it is declared."""

    keys: frozenset[str]
    """Which keys, besides those of every activity, it may have."""
    needs: frozenset[str] = frozenset()
    """Which of them it must have."""
    options: bool = False
    """Whether it needs at least two options, or a list of the course."""
    several: bool = False
    """Whether a person may choose several options."""
    several_right: bool = False
    """Whether a person chooses several where several are right."""
    whole_order: bool = False
    """Whether what is right is an order of all options."""
    most_options: int | None = None
    """The most options that a person can be asked to look through."""
    written: bool = False
    """Whether people answer in their own words, which can be moderated."""
    by_support: bool = False
    """Whether what people wrote is counted: what many said comes first, and the same can be put together."""
    in_steps: bool = False
    """Whether a person answers again and again: asks, supports, asks once more."""
    on_the_fly: bool = False
    """Whether a presenter can ask it without its being in the course."""


LIVE_KINDS: dict[str, LiveKind] = {
    "choice": LiveKind(_CHOSEN, options=True, on_the_fly=True),
    "multi": LiveKind(_CHOSEN | {"choose"}, options=True, several=True, on_the_fly=True),
    "scale": LiveKind(frozenset({"scale"}), on_the_fly=True),
    "ranking": LiveKind(_CHOSEN | {"right"}, options=True, whole_order=True, most_options=12),
    "text": LiveKind(_WRITTEN, written=True, on_the_fly=True),
    "words": LiveKind(_WRITTEN, written=True, by_support=True, on_the_fly=True),
    "quiz": LiveKind(
        _CHOSEN | {"choose", "right"}, needs=frozenset({"right"}), options=True, several_right=True
    ),
    "place": LiveKind(frozenset({"axes", "options", "list_name"}), needs=frozenset({"axes"})),
    "questions": LiveKind(_WRITTEN, written=True, by_support=True, in_steps=True, on_the_fly=True),
    "cards": LiveKind(_WRITTEN | {"columns"}, needs=frozenset({"columns"}), written=True),
    "points": LiveKind(_CHOSEN | {"points"}, options=True, most_options=12, on_the_fly=True),
}
"""By the name in `kind`. A new kind is a line here, a class in `academy.live.kinds`, and what that module names."""
