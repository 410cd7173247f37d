"""The form in Firefox, which sizes, prints and keeps in its own way."""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest

from tests.support.firefox import Firefox
from tests.widgets.conftest import TEXTS

WORDS = "What the crane drivers told us about the night shift and the phones they use for it. "
AREAS = "[...document.querySelectorAll('textarea')]"
CUT = f"{AREAS}.filter((a) => a.offsetHeight && a.scrollHeight > a.clientHeight).length"
SEEN = "document.querySelectorAll('textarea')[0].offsetHeight"
SAVED = "document.querySelector('.status[data-state=saved]') !== null"


@pytest.fixture
def fox(firefox: Firefox, form_site: str) -> Callable[..., Firefox]:
    """Open a form on a phone's width."""

    def open_form(spec: dict[str, Any], **scenario: Any) -> Firefox:
        firefox.resize(360, 740)
        firefox.open(form_site + "favicon.ico")
        firefox.run("(localStorage.clear(), true)")
        start(firefox, form_site, spec, scenario)
        return firefox

    return open_form


def start(firefox: Firefox, address: str, spec: dict[str, Any], scenario: dict[str, Any]) -> None:
    before = f"window.scenario = {json.dumps({'texts': TEXTS, **scenario, 'spec': spec})};"
    firefox.open(address, before)
    firefox.wait("document.querySelector('.academy-form') !== null")


def one(**field: Any) -> dict[str, Any]:
    """A form with one field in it."""
    return {"course": "c", "exercise": "e", "title": "One field", "version": "1"} | {
        "fields": [{"id": "it", "label": "It", **field}]
    }


def pages(pdf: bytes) -> int:
    """How many pages a PDF has."""
    parts = [pdf]
    for stream in re.findall(rb"stream\r?\n(.*?)endstream", pdf, re.DOTALL):
        with suppress(zlib.error):
            parts.append(zlib.decompress(stream))
    return max(int(count) for part in parts for count in re.findall(rb"/Count (\d+)", part))


def table() -> dict[str, Any]:
    columns = [{"id": "what", "type": "text", "label": "What?", "required": True}]
    return one(type="table", rows=[1, 5], columns=columns)


def test_a_long_answer_is_seen_whole_after_a_reload(fox: Callable[..., Firefox], form_site: str) -> None:
    page = fox(one(type="text"), doc={"values": {"it": WORDS * 5}})
    assert page.run(CUT) == 0
    assert page.run(SEEN) > 300
    narrow = page.run(SEEN)
    page.resize(800, 740)
    assert page.run(CUT) == 0
    assert page.run(SEEN) < narrow
    page.resize(360, 740)
    assert page.run(CUT) == 0
    assert page.run(SEEN) == narrow
    page.type("textarea", "And more. " * 12)
    assert page.run(CUT) == 0
    assert page.run(SEEN) > narrow


def test_a_long_answer_in_a_folded_row_is_seen_whole_when_it_unfolds(fox: Callable[..., Firefox]) -> None:
    values = {"it": ["r1", "r2"], "it/r1/what": WORDS * 3, "it/r2/what": WORDS * 3}
    page = fox(table(), doc={"values": values})
    page.run("[...document.querySelectorAll('.toggle[aria-expanded=false]')].forEach((one) => one.click())")
    assert page.run(f"{AREAS}.every((a) => a.offsetHeight > 150)")
    assert page.run(CUT) == 0


def test_a_long_answer_is_whole_on_paper(fox: Callable[..., Firefox]) -> None:
    page = fox(one(type="text"), doc={"values": {"it": WORDS * 150}})
    few = pages(page.print())
    page = fox(one(type="text"), doc={"values": {"it": WORDS * 300}})
    assert 2 <= few < pages(page.print())


def test_every_type_is_filled_and_arrives(fox: Callable[..., Firefox], every_type: dict[str, Any]) -> None:
    page = fox(every_type)
    page.type("textarea", "because we can")
    page.type("input.line", "Ana")
    page.type("input.number", "১২,৫")
    for part in ("input[type=radio][value=b]", "input[type=checkbox][value=a]", ".face", ".bool input"):
        page.run(f"document.querySelector({part!r}).click()")
    for part, value in (("select", "o7"), ("input[type=date]", "2026-03-09")):
        page.run(
            f"(() => {{ const one = document.querySelector({part!r}); one.value = {value!r};"
            " for (const kind of ['input', 'change']) one.dispatchEvent(new Event(kind, {bubbles: true})); })()"
        )
    page.wait(SAVED)
    kept = page.run("kernel.values()")
    assert kept == {
        "why": "because we can",
        "name": "Ana",
        "share": 12.5,
        "one": "b",
        "some": ["a"],
        "how": 1,
        "big": "o7",
        "day": "2026-03-09",
        "sure": True,
    }


def test_what_the_line_did_not_take_is_there_after_a_reload(
    fox: Callable[..., Firefox], form_site: str
) -> None:
    spec = table()
    page = fox(spec, connection="offline")
    page.run("document.querySelector('button.add').click()")
    page.type("textarea", "ليل the night")
    page.wait("document.querySelector('.status').dataset.state === 'waiting'")
    start(page, form_site, spec, {})
    page.wait(SAVED)
    rows = page.run("kernel.values()")
    assert [value for path, value in rows.items() if "/" in path] == ["ليل the night"]
