"""A server that speaks the World Bank's JSON, and the real series where they are at hand."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pandas as pd
import pytest

REAL = Path(__file__).resolve().parents[2] / ".." / "shared" / "data"


@pytest.fixture
def real() -> pd.DataFrame:
    """The real series, where they lie beside the project."""
    file = REAL / "context_countries.csv"
    if not file.is_file():
        pytest.skip("the real series are not at hand")
    from academy.series.table import read_csv

    return read_csv(file)


@dataclass
class Bank:
    """What the server sends, by indicator: economy, year, value."""

    address: str
    countries: list[dict[str, object]] = field(default_factory=list)
    values: dict[str, list[tuple[str, int, float | None]]] = field(default_factory=dict)
    broken: bool = False
    body: bytes | None = None
    """What it sends in the place of everything else."""
    asked: list[str] = field(default_factory=list)


@pytest.fixture
def bank() -> Iterator[Bank]:
    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

        def do_GET(self) -> None:
            url = urlsplit(self.path)
            asked, wanted = parse_qs(url.query), url.path.split("/")
            bank.asked.append(self.path)
            if bank.broken:
                self.send_error(503)
                return
            if wanted[-1] == "country":
                items = bank.countries
            else:
                first, _, last = asked["date"][0].partition(":")
                items = [
                    {"countryiso3code": code, "date": str(year), "value": value}
                    for code, year, value in bank.values.get(wanted[-1], [])
                    if int(first) <= year <= int(last or first)
                ]
            page, size = int(asked["page"][0]), 3
            pages = max(1, -(-len(items) // size))
            body = json.dumps([{"page": page, "pages": pages}, items[(page - 1) * size : page * size]])
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(body.encode() if bank.body is None else bank.body)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    bank = Bank(f"http://127.0.0.1:{server.server_port}/v2")
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield bank
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def filled(bank: Bank) -> Bank:
    """Four economies and an aggregate; one of them lacks a year."""
    bank.countries = [
        country("KEN", "KE", "Kenya", "Sub-Saharan Africa ", "Lower middle income"),
        country("VNM", "VN", "Viet Nam", "East Asia & Pacific", "Lower middle income"),
        country("JPN", "JP", "Japan", "East Asia & Pacific", "High income"),
        country("NPL", "NP", "Nepal", "South Asia", "Lower middle income"),
        country("WLD", "1W", "World", "Aggregates", "Aggregates"),
    ]
    bank.values = {
        "IT.NET.USER.ZS": [
            *(
                ("VNM", year, share)
                for year, share in ((2000, 0.25), (2010, 30.65), (2017, 58.14), (2023, 78.1))
            ),
            *(
                ("JPN", year, share)
                for year, share in ((2000, 30.0), (2010, 78.2), (2017, 91.7), (2023, 87.0))
            ),
            *(("NPL", year, share) for year, share in ((2000, 0.2), (2010, None), (2017, 34.0))),
            ("KEN", 2017, 17.8),
            ("WLD", 2017, 48.0),
        ],
        "SL.EMP.SELF.ZS": [("VNM", 2022, 50.1), ("VNM", 2023, 49.2), ("JPN", 2023, 9.9)],
    }
    return bank


def country(iso3: str, iso2: str, name: str, region: str, income: str) -> dict[str, object]:
    return {
        "id": iso3,
        "iso2Code": iso2,
        "name": name,
        "region": {"value": region},
        "incomeLevel": {"value": income},
    }
