"""Series as a pandas table: reads and validates a CSV, makes the digest of it."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from academy.data import DataFolder, write_whole
from academy.errors import DataError
from academy.series.digest import FOLDER, YEARS

__all__ = ["COLUMNS", "digest_of", "keep", "line", "read_csv"]

ONLINE = [f"internet_{year}" for year in YEARS]
COLUMNS = [
    "iso3",
    "name_en",
    "wb_region",
    "wb_income_group",
    *ONLINE,
    "internet_latest_year",
    "internet_latest",
]
"""Columns that a table must have. `name_es` and other names, and further series, are used if they are there."""
SELF_EMPLOYED = "self_employed_pct"
SHARES = (*ONLINE, "internet_latest", SELF_EMPLOYED)
FIGURE_REGIONS = ("East Asia & Pacific", "South Asia")
"""The regions of figure 1 in ILO Brief 8 (2022)."""
MOST_BYTES = 5_000_000
MOST_ROWS = 1_000
SEPARATORS = ",;\t|"


def read_csv(file: Path) -> pd.DataFrame:
    """Read a table of economies. Raises DataError with a sentence if it can't be used."""
    try:
        if file.stat().st_size > MOST_BYTES:
            raise DataError(
                f"{file} is too large for a table of economies. Choose the CSV file with one row each."
            )
        text, separator = _separated(file.read_text("utf-8-sig"))
        frame = pd.read_csv(
            io.StringIO(text), sep=separator, keep_default_na=False, na_values=["", "..", "NA"]
        )
    except OSError as error:
        raise DataError(f"{file} can't be read: {error.strerror or error}. Check its name.") from error
    except (ValueError, pd.errors.ParserError) as error:
        raise DataError(
            f"{file} is not a CSV table in UTF-8. Save it as “CSV UTF-8” and try again."
        ) from error
    return usable(frame, str(file))


def _separated(text: str) -> tuple[str, str]:
    """Return the table, and the separator under which most of its columns are known, or that it names: `sep=;`."""
    first, _sign, rest = text.partition("\n")
    said = first.rstrip("\r")
    if said.lower().startswith("sep=") and len(said) == 5:
        return rest, said[4]

    def known(separator: str) -> int:
        return len({name.strip().strip('"') for name in first.split(separator)} & set(COLUMNS))

    return text, max(SEPARATORS, key=known)


def _point(value: object) -> Any:
    """A share as spreadsheets write it where the decimal sign is a comma."""
    text = str(value).strip()
    return text.replace(",", ".") if isinstance(value, str) and "." not in text else value


def usable(frame: pd.DataFrame, where: str) -> pd.DataFrame:
    """Return the table with numbers as numbers. Raises DataError naming the column that does not fit."""
    frame = frame.rename(columns=lambda name: str(name).strip())
    if lacking := [name for name in COLUMNS if name not in frame.columns]:
        raise DataError(
            f"{where} has no column {', '.join(lacking)}. The columns needed are {', '.join(COLUMNS)}."
        )
    frame = frame.dropna(subset=["iso3", "name_en"])
    if frame.empty or len(frame) > MOST_ROWS:
        raise DataError(f"{where} has {len(frame)} economies. Choose a table with 1 to {MOST_ROWS} rows.")
    doubled = sorted({str(code) for code in frame["iso3"][frame["iso3"].duplicated()]})
    if doubled:
        raise DataError(f"{where} has {', '.join(doubled[:5])} twice. Keep one row for each economy.")
    frame = frame.copy()
    for name in [*SHARES, "internet_latest_year"]:
        if name not in frame.columns:
            frame[name] = np.nan
            continue
        shares = frame[name].map(_point) if name in SHARES else frame[name]
        numbers = pd.to_numeric(shares, errors="coerce")
        wrong = frame[name].notna() & numbers.isna()
        if name in SHARES:
            wrong |= (numbers < 0) | (numbers > 100)
        if wrong.any():
            code, value = frame.loc[wrong, ["iso3", name]].iloc[0]
            raise DataError(
                f"{where}: {name} of {code} is “{value}”. Write a number from 0 to 100, or nothing."
            )
        frame[name] = numbers
    return frame


def line(x: pd.Series, y: pd.Series) -> dict[str, float]:
    """Return slope, intercept, their t-values, r² and n of the least-squares line through pairs."""
    pairs = pd.DataFrame({"x": x, "y": y}).dropna()
    n, mean_x = len(pairs), pairs.x.mean()
    sxx = ((pairs.x - mean_x) ** 2).sum()
    slope = ((pairs.x - mean_x) * (pairs.y - pairs.y.mean())).sum() / sxx
    intercept = pairs.y.mean() - slope * mean_x
    left = pairs.y - intercept - slope * pairs.x
    variance = (left**2).sum() / (n - 2)
    return {
        "n": n,
        "slope": float(slope),
        "intercept": float(intercept),
        "t_slope": float(slope / np.sqrt(variance / sxx)),
        "t_intercept": float(intercept / np.sqrt(variance * (1 / n + mean_x**2 / sxx))),
        "r_squared": float(1 - (left**2).sum() / ((pairs.y - pairs.y.mean()) ** 2).sum()),
    }


def digest_of(frame: pd.DataFrame, source: str, *, invented: bool = False) -> dict[str, object]:
    """Return what pages read of a table, ready for JSON."""
    regions = set(frame["wb_region"].dropna()) & set(FIGURE_REGIONS)
    in_figure = frame["wb_region"].isin(regions) if regions else pd.Series(True, index=frame.index)
    names = [name for name in frame.columns if name.startswith("name_")]
    economies = [
        {
            "code": str(row["iso3"]),
            "names": {name[5:]: str(row[name]) for name in names if pd.notna(row[name])},
            "region": _text(row["wb_region"]),
            "income": _text(row["wb_income_group"]),
            "online": {
                str(y): _number(row[f"internet_{y}"]) for y in YEARS if pd.notna(row[f"internet_{y}"])
            },
            "latest_year": None if pd.isna(row["internet_latest_year"]) else int(row["internet_latest_year"]),
            "latest": _number(row["internet_latest"]),
            "self_employed": _number(row[SELF_EMPLOYED]),
            "in_figure": bool(in_figure[index]),
        }
        for index, row in frame.iterrows()
    ]
    return {"source": source, "invented": invented, "economies": economies, "fits": _fits(frame)}


def _fits(frame: pd.DataFrame) -> list[dict[str, object]]:
    """The line through all, and one for each income group of at least five."""
    pairs = frame.dropna(subset=[SELF_EMPLOYED, "internet_latest"])
    groups = [("", pairs), *((str(name), part) for name, part in pairs.groupby("wb_income_group"))]
    fits = []
    for name, part in groups:
        if len(part) >= 5 and part[SELF_EMPLOYED].nunique() > 1:
            found = line(part[SELF_EMPLOYED], part["internet_latest"])
            fits.append(
                {"group": name, "n": int(found["n"])}
                | {key: round(found[key], 4) for key in ("slope", "intercept", "r_squared")}
            )
    return fits


def _text(value: object) -> str:
    return "" if pd.isna(value) else str(value)


def _number(value: Any) -> float | None:
    return None if pd.isna(value) else round(float(value), 2)


def keep(data: DataFolder, frame: pd.DataFrame, source: str) -> dict[str, object]:
    """Put a table and its digest into the data folder, each whole or not at all."""
    folder = data.path / FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    digest = digest_of(frame, source)
    write_whole(folder / "economies.csv", frame.to_csv(index=False).encode())
    write_whole(
        folder / "digest.json", json.dumps(digest, ensure_ascii=False, separators=(",", ":")).encode()
    )
    return digest
