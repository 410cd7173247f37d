"""What looking at answers finds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["Finding"]


@dataclass(frozen=True)
class Finding:
    """What a check found: the share of its points, 0 to 1, and the paths that it is about."""

    share: float
    paths: Sequence[str] = ()

    @property
    def passed(self) -> bool:
        """Whether nothing is missing."""
        return self.share >= 1
