"""A page with one form on it, served from this machine, with a kernel in miniature."""

from __future__ import annotations

import json
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from academy.course.form_spec import form_spec
from tools.node import find_node

ROOT = Path(__file__).parents[2]
TEXTS = json.loads((ROOT / "widgets/academy_widgets/js/form/texts.json").read_text("utf-8"))
PHONE = {"width": 360, "height": 740}


class Quiet(SimpleHTTPRequestHandler):
    """Serves files and keeps no log."""

    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture(scope="session")
def form_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a folder with the built form, the page and the checker of accessibility."""
    folder = tmp_path_factory.mktemp("form")
    subprocess.run(
        [find_node(), "tools/build_js.mjs", str(folder)], cwd=ROOT, check=True, capture_output=True
    )
    for name, built in json.loads((folder / "manifest.json").read_text("utf-8")).items():
        shutil.copy(folder / built, folder / name)
    shutil.copytree(Path(__file__).parent / "form_page", folder, dirs_exist_ok=True)
    shutil.copy(ROOT / "node_modules/axe-core/axe.min.js", folder)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


@pytest.fixture
def open_form(chromium: Any, form_site: str) -> Iterator[Callable[..., Any]]:
    """Open a form in a browser context of its own and return the page. Errors on the page fail the test."""
    contexts: list[Any] = []
    errors: list[str] = []

    def open_page(
        spec: dict[str, Any], *, same_browser_as: Any = None, viewport: Any = None, **scenario: Any
    ) -> Any:
        options = {key: scenario.pop(key) for key in ("color_scheme", "has_touch") if key in scenario}
        if same_browser_as:
            context = same_browser_as.context
        else:
            context = chromium.new_context(viewport=viewport or PHONE, **options)
            context.set_default_timeout(120_000)
            contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.add_init_script(
            f"window.scenario = {json.dumps({'texts': TEXTS, **scenario, 'spec': spec}, default=str)};"
        )
        page.goto(form_site)
        page.locator(".academy-form").wait_for()
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert errors == []


OPTIONS = [
    {"id": "a", "label": "Alpha"},
    {"id": "b", "label": "Beta", "help": "The second"},
    {"id": "c", "label": "Gamma"},
]
MANY = [{"id": f"o{n}", "label": f"Option {n}"} for n in range(1, 9)]


@pytest.fixture
def every_type() -> dict[str, Any]:
    """A form with a field of each type."""
    return {
        "course": "course",
        "exercise": "every-type",
        "title": "Every type",
        "version": "1",
        "fields": [
            {"id": "why", "type": "text", "label": "Why?", "help": "In your own words."}
            | {"words": [3, 8], "required": True},
            {"id": "name", "type": "line", "label": "Name", "chars": 10},
            {"id": "one", "type": "choice", "label": "One of few", "options": OPTIONS},
            {"id": "big", "type": "choice", "label": "One of many", "options": MANY, "required": True},
            {"id": "some", "type": "multi", "label": "Some", "options": OPTIONS, "choose": [1, 2]},
            {"id": "how", "type": "scale", "label": "How urgent?", "range": [1, 5]}
            | {"low": "can wait", "high": "this year"},
            {"id": "share", "type": "number", "label": "Share", "range": [0, 100], "unit": "%"},
            {"id": "day", "type": "date", "label": "Day", "earliest": "2026-01-01"},
            {"id": "sure", "type": "bool", "label": "I have read it"},
            {"id": "need", "type": "ref", "label": "Your need"},
            {"id": "pick", "type": "ref", "label": "Which group?", "options": OPTIONS, "choose": [1, 1]},
            {"id": "picks", "type": "ref", "label": "Which groups?", "options": OPTIONS, "choose": [1, 2]},
            {"id": "sum", "type": "computed", "label": "Total"},
            {"id": "office", "type": "email", "label": "Office"},
            {
                "id": "map",
                "type": "table",
                "label": "Map",
                "rows": [1, 3],
                "row_label": "Change",
                "add_label": "Add a change",
                "columns": [
                    {"id": "driver", "type": "choice", "label": "Driver", "options": MANY, "required": True},
                    {"id": "what", "type": "text", "label": "What?", "words": [2, 5], "required": True},
                    {"id": "score", "type": "scale", "label": "Score", "range": [1, 5]},
                ],
            },
        ],
    }  # fmt: skip


@pytest.fixture
def context_map() -> Callable[[str], tuple[dict[str, Any], dict[str, Any]]]:
    """The spec and worked answers of the context map in a language."""
    import yaml

    from academy.course import load_course

    def load(lang: str) -> tuple[dict[str, Any], dict[str, Any]]:
        course = load_course("innovative-workers-education", lang)
        spec = form_spec(course.exercise("context-map"))
        folder = ROOT / "exercises/innovative-workers-education/context-map"
        example = folder / ("example.yaml" if lang == "en" else f"example.{lang}.yaml")
        values: dict[str, Any] = {"map": []}
        for number, row in enumerate(yaml.safe_load(example.read_text("utf-8"))["answers"]["map"], start=1):
            row_id = f"r{number:08}"
            values["map"].append(row_id)
            values |= {f"map/{row_id}/{column}": value for column, value in row.items()}
        return spec, values

    return load
