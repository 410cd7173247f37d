"""Client of the World Bank's public API (version 2, licence CC BY 4.0), used when a facilitator asks for it."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from typing import Any

import pandas as pd
from babel import Locale

from academy.errors import DataError
from academy.series.table import usable

__all__ = ["ADDRESS", "SOURCE", "download"]

ADDRESS = "https://api.worldbank.org/v2"
SOURCE = "World Bank, World Development Indicators (CC BY 4.0)"
ONLINE = "IT.NET.USER.ZS"
ONLINE_YEARS = (2000, 2005, 2010, 2015, 2017, 2020)
LATEST = {
    "IT.CEL.SETS.P2": "cell_phones_per_100",
    "IT.NET.BBND.P2": "fixed_broadband_per_100",
    "SL.UEM.1524.ZS": "youth_unemployment_pct",
    "SL.EMP.SELF.ZS": "self_employed_pct",
    "SL.AGR.EMPL.ZS": "agriculture_workers_pct",
    "SL.SRV.EMPL.ZS": "service_workers_pct",
    "SI.POV.GINI": "gini",
}
SERVERS = "IT.NET.SECR.P6"
LANGUAGES = ("es", "fr", "ar", "ru", "zh", "pt")
_UNEXPECTED = (
    "The World Bank's server sent something unexpected. Try again later, or load a file: "
    "academy data import FILE"
)
PAGES = 50
"""More pages than any of these series has: a server that counts wrongly does not keep us for ever."""


def download(
    address: str = ADDRESS, *, seconds: float = 60, told: Callable[[str], None] = lambda _: None
) -> pd.DataFrame:
    """Return the table of economies. Raises DataError with a sentence when it can't be had."""
    try:
        return _table(address, seconds, told)
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        raise DataError(_UNEXPECTED) from error


def _table(address: str, seconds: float, told: Callable[[str], None]) -> pd.DataFrame:
    told("countries")
    frame = pd.DataFrame(_countries(_pages(f"{address}/country?format=json&per_page=400", seconds)))
    if frame.empty:
        raise DataError(
            "The World Bank sent no economies. Try again later, or load a file: academy data import FILE"
        )
    frame = frame.set_index("iso3", drop=False)
    told(ONLINE)
    online = _values(address, ONLINE, "2000:2035", seconds)
    for year in ONLINE_YEARS:
        frame[f"internet_{year}"] = online[online.year == year].set_index("iso3").value
    _put_latest(frame, online, "internet_latest", "internet_latest_year")
    for indicator, name in LATEST.items():
        told(indicator)
        _put_latest(frame, _values(address, indicator, "2005:2035", seconds), name, f"{name}_year")
    told(SERVERS)
    servers = _values(address, SERVERS, "2020", seconds)
    frame["secure_servers_per_million_2020"] = servers.set_index("iso3").value
    return usable(frame.reset_index(drop=True), "What the World Bank sent")


def _put_latest(frame: pd.DataFrame, values: pd.DataFrame, name: str, year: str) -> None:
    newest = values.sort_values("year").groupby("iso3").tail(1).set_index("iso3")
    frame[year], frame[name] = newest.year, newest.value


def _values(address: str, indicator: str, date: str, seconds: float) -> pd.DataFrame:
    url = f"{address}/country/all/indicator/{indicator}?format=json&date={date}&per_page=20000"
    rows = [
        (item["countryiso3code"], int(item["date"]), float(item["value"]))
        for item in _pages(url, seconds)
        if item.get("value") is not None and item.get("countryiso3code")
    ]
    frame = pd.DataFrame(rows, columns=["iso3", "year", "value"])
    return frame.drop_duplicates(["iso3", "year"])


def _countries(items: Iterator[dict[str, Any]]) -> Iterator[dict[str, str | None]]:
    """The economies without the aggregates that the API lists among them, with names from Unicode's CLDR."""
    locales = {language: Locale(language).territories for language in LANGUAGES}
    for item in items:
        region = item["region"]["value"].strip()
        if region == "Aggregates":
            continue
        yield {
            "iso3": item["id"],
            "name_en": item["name"].strip(),
            **{f"name_{language}": names.get(item["iso2Code"]) for language, names in locales.items()},
            "wb_region": region,
            "wb_income_group": item["incomeLevel"]["value"].strip(),
        }


def _pages(url: str, seconds: float) -> Iterator[dict[str, Any]]:
    """Every entry of an answer that comes in pages."""
    for page in range(1, PAGES + 1):
        about, items = _ask(f"{url}&page={page}", seconds)
        yield from items or []
        if page >= int(about.get("pages", 1)):
            return


def _ask(url: str, seconds: float) -> tuple[dict[str, Any], list[dict[str, Any]] | None]:
    if not url.startswith(("https://", "http://")):
        raise DataError(f"{url} is no web address. Leave --from out to ask the World Bank.")
    request = urllib.request.Request(url, headers={"Accept": "application/json"})  # noqa: S310 - looked at above
    try:
        with urllib.request.urlopen(request, timeout=seconds) as answer:  # noqa: S310
            about, items = json.load(answer)
    except urllib.error.HTTPError as error:
        raise DataError(
            f"The World Bank's server answered with error {error.code}. Try again later, or load a file: "
            "academy data import FILE"
        ) from error
    except OSError as error:
        raise DataError(
            "The World Bank's server can't be reached from here. Check the connection and try again, or load a file "
            "that you got elsewhere: academy data import FILE. Until then pages show a small invented set."
        ) from error
    except (ValueError, TypeError) as error:
        raise DataError(_UNEXPECTED) from error
    return about, items
