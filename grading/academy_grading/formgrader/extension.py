"""Jupyter server extension of `academy lab`: nbgrader's formgrader with the kit's pages and rules.

nbgrader's handlers do the work. Each is derived once (`guarded`), so that its pages carry a
Content-Security-Policy, and the few whose work is another here come before them in the list.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

from jinja2 import ChoiceLoader, Environment, FileSystemLoader
from jupyter_server.utils import url_path_join
from nbgrader.server_extensions.formgrader import apihandlers, handlers
from nbgrader.server_extensions.formgrader.base import BaseHandler
from nbgrader.server_extensions.formgrader.formgrader import FormgradeExtension
from tornado import web

from academy_grading.formgrader.api import API
from academy_grading.formgrader.command_client import COMMANDS, Commands
from academy_grading.formgrader.pages import PAGES, Guarded, SubmissionSteps, WithNonce

__all__ = ["AcademyFormgrader"]

HERE = Path(__file__).parent


class AcademyFormgrader(FormgradeExtension):
    """Formgrader as `academy lab` shows it."""

    def init_tornado_settings(self, webapp: Any) -> None:
        """Let pages escape what they are given: nbgrader's own put parts of the address into scripts as they come."""
        cast(Any, super()).init_tornado_settings(webapp)
        ours = FileSystemLoader([str(HERE.parent / "templates" / "pages")])
        loader = WithNonce(ChoiceLoader([ours, FileSystemLoader([handlers.template_path])]))
        webapp.settings["nbgrader_jinja2_env"] = Environment(loader=loader, autoescape=True)
        webapp.settings["academy_commands"] = Commands()

    def init_handlers(self, webapp: Any) -> None:
        """Put our handlers first: the first that fits an address answers."""
        static = {"path": str(HERE / "static")}
        routes = [
            (r"/formgrader/academy/(.*)", web.StaticFileHandler, static),
            *API,
            *COMMANDS,
            *PAGES,
            *handlers.default_handlers,
            *apihandlers.default_handlers,
            (r"/formgrader/static/(.*)", web.StaticFileHandler, {"path": handlers.static_path}),
            (r"/formgrader/.*", handlers.Template404),
        ]
        base = webapp.settings["base_url"]
        webapp.add_handlers(
            ".*$", [(url_path_join(base, path), guarded(handler), *more) for path, handler, *more in routes]
        )


def guarded(handler: type) -> type:
    """Return a handler of formgrader whose answers carry our rules."""
    if not issubclass(handler, BaseHandler) or issubclass(handler, Guarded):
        return handler
    ours = SubmissionSteps if issubclass(handler, handlers.SubmissionNavigationHandler) else Guarded
    return type(handler.__name__, (ours, handler), {})


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": __name__}]


def _load_jupyter_server_extension(server: Any) -> None:
    formgrader = AcademyFormgrader(parent=server)
    formgrader.root_dir = server.root_dir
    formgrader.log = server.log
    formgrader.initialize([])
    formgrader.init_tornado_settings(server.web_app)
    formgrader.init_handlers(server.web_app)
    server.io_loop.add_callback(server.web_app.settings["academy_commands"].warm)
