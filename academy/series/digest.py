"""Digest of economic series for pages: economies, values over the years, fitted lines.

A digest is made once, with pandas, when series are loaded (`academy.series.table`). Reading it needs no pandas, which
keeps a participant's kernel small.
"""

from __future__ import annotations

import csv
import json
import os
import statistics
import unicodedata
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from academy.data import MARK
from academy.errors import DataError

__all__ = [
    "FOLDER",
    "INVENTED",
    "YEARS",
    "Digest",
    "Economy",
    "Fit",
    "current",
    "published",
    "shipped",
    "teaching_pairs",
]

SETS = Path(__file__).with_name("sets")
INVENTED = SETS / "invented.json"
FOLDER = "series"
YEARS = (2000, 2010, 2017)
"""The years of figure 1."""


@dataclass(frozen=True)
class Economy:
    """An economy with the share of people online (%) in the years of figure 1 and in the latest year."""

    code: str
    names: dict[str, str]
    region: str
    income: str
    online: dict[int, float]
    latest_year: int | None
    latest: float | None
    self_employed: float | None
    in_figure: bool

    def name(self, language: str = "en") -> str:
        """Return its name in a language, or in English."""
        return self.names.get(language) or self.names["en"]

    @property
    def complete(self) -> bool:
        """Whether all years of figure 1 are there."""
        return all(year in self.online for year in YEARS)

    @property
    def rising(self) -> bool:
        """Whether more people were online each time."""
        values = [self.online.get(year) for year in YEARS]
        return None not in values and all(a < b for a, b in pairwise(values))  # type: ignore[operator]


@dataclass(frozen=True)
class Fit:
    """A least-squares line through the shares online against the shares of self-employed people."""

    group: str
    n: int
    slope: float
    intercept: float
    r_squared: float


@dataclass(frozen=True)
class Digest:
    """A set of series as pages show it."""

    source: str
    invented: bool
    economies: tuple[Economy, ...]
    fits: tuple[Fit, ...]

    @classmethod
    def read(cls, file: Path) -> Digest:
        """Read a digest. Raises DataError if the file is none."""
        try:
            raw = json.loads(file.read_text("utf-8"))
            return cls(
                raw["source"],
                raw["invented"],
                tuple(_economy(item) for item in raw["economies"]),
                tuple(Fit(**item) for item in raw["fits"]),
            )
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise DataError(
                f"{file} can't be read. Load the series again with: academy data update"
            ) from error

    @property
    def figure(self) -> list[Economy]:
        """The economies of figure 1 that have all its years, the least connected first."""
        found = [economy for economy in self.economies if economy.in_figure and economy.complete]
        return sorted(found, key=lambda economy: economy.online[YEARS[-1]])

    @property
    def rising(self) -> int:
        """How many economies of figure 1 rise in both intervals."""
        return sum(economy.rising for economy in self.figure)

    @property
    def median(self) -> float | None:
        """The median of figure 1 in its last year."""
        values = [economy.online[YEARS[-1]] for economy in self.figure]
        return statistics.median(values) if values else None

    def find(self, words: str | None) -> Economy | None:
        """Return the economy of that name in any language, or of that code; None if there is none or it is unclear."""
        if not words:
            return None
        plain = _plain(words)
        return self._by_name.get(plain) or self._by_name.get(plain.replace(" ", ""))

    def close(self, words: str, language: str = "en") -> list[str]:
        """Return names like what was typed, at most three."""
        from difflib import get_close_matches

        found = get_close_matches(_plain(words), self._by_name, n=3, cutoff=0.6)
        begun = [name for name in self._by_name if _plain(words) and name.startswith(_plain(words))]
        economies = [self._by_name[name] for name in [*begun, *found]]
        return list(dict.fromkeys(economy.name(language) for economy in economies))[:3]

    @cached_property
    def _by_name(self) -> dict[str, Economy]:
        names: dict[str, Economy] = {}
        for economy in self.economies:
            for name in (economy.code, *economy.names.values()):
                names.setdefault(_plain(name), economy)
                names.setdefault(_plain(name).replace(" ", ""), economy)
        return names


def _plain(words: str) -> str:
    """Names as people type them: any case, with or without accents and stops."""
    bare = (c for c in unicodedata.normalize("NFKD", words.casefold()) if not unicodedata.combining(c))
    return " ".join("".join(c if c.isalnum() else " " for c in bare).split())


def _economy(item: dict[str, Any]) -> Economy:
    return Economy(
        item["code"],
        item["names"],
        item["region"],
        item["income"],
        {int(year): value for year, value in item["online"].items()},
        item.get("latest_year"),
        item.get("latest"),
        item.get("self_employed"),
        item["in_figure"],
    )


def current(folder: Path | None = None) -> Digest:
    """Return the digest of the data folder that is in use, or the invented one while nothing was loaded there."""
    folder = folder or _data_folder()
    file = folder / FOLDER / "digest.json" if folder else None
    if file is None or not file.is_file():
        file = INVENTED
    return _read(file, file.stat().st_mtime_ns)


def shipped() -> Digest:
    """Return the invented digest that the kit ships."""
    return _read(INVENTED, 0)


@lru_cache(maxsize=4)
def _read(file: Path, _changed: int) -> Digest:
    return Digest.read(file)


def _data_folder() -> Path | None:
    """The data folder: said by the server, or, where checks run while grading, the one around this place."""
    if said := os.environ.get("ACADEMY_DATA"):
        return Path(said)
    here = Path.cwd()
    return next((place for place in (here, *here.parents) if (place / MARK).is_file()), None)


@lru_cache(maxsize=1)
def published() -> dict[str, Any]:
    """Return the statistics printed under figure 2 of the brief, and what follows from them."""
    raw: dict[str, Any] = json.loads((SETS / "figure2_published_and_derived.json").read_text("utf-8"))
    return raw


@lru_cache(maxsize=1)
def teaching_pairs() -> tuple[tuple[float, float], ...]:
    """Return the constructed pairs of figure 2: servers per million people, share of high-skilled workers in %."""
    with (SETS / "figure2_teaching_set.csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            (float(row["secure_servers_per_million"]), float(row["high_skill_share_pct"]))
            for row in csv.DictReader(file)
        )
