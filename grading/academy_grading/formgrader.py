"""The server extension that `academy lab` loads: nbgrader's formgrader with pages that escape what they are given."""

from __future__ import annotations

from typing import Any

from nbgrader.server_extensions.formgrader.formgrader import load_jupyter_server_extension

__all__: list[str] = []


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": __name__}]


def _load_jupyter_server_extension(server: Any) -> None:
    """Load formgrader. Its own pages put parts of the address into scripts as they come: not here."""
    load_jupyter_server_extension(server)
    server.web_app.settings["nbgrader_jinja2_env"].autoescape = True
