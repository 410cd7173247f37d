"""The states of a review, as `review.state` holds them."""

from __future__ import annotations

__all__ = ["DONE", "GONE", "HELD", "HIDDEN", "LAPSED", "LEASED", "PASSED", "RETURNED"]

LEASED, DONE, RETURNED, HIDDEN = "leased", "done", "returned", "hidden"
LAPSED, PASSED, GONE = "lapsed", "passed", "gone"
HELD = (LEASED, DONE, RETURNED)
"""States in which a review counts for its author: it is there, or somebody is at it."""
