"""Series about economies: loaded with pandas by the facilitator, read on pages from a small digest without it."""

from academy.series.digest import Digest, Economy, Fit, current, published, shipped, teaching_pairs

__all__ = ["Digest", "Economy", "Fit", "current", "published", "shipped", "teaching_pairs"]
