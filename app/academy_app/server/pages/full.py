"""The full page: a notebook in Voilà's own `lab` template, for widgets that the light page does not know.

Who may open it, whose its kernel is and which pages exist is the same as for the light page; only the template is
another. Its files are megabytes, so it is for those who ask for it: by the notebook's metadata, or by a link.
"""

# mypy: disable-error-code="no-untyped-call"
# Voilà and Jupyter have few types, and super() calls escape untyped_calls_exclude.

from __future__ import annotations

import mimetypes
import re
import sys
from collections.abc import AsyncGenerator, AsyncIterator
from functools import cached_property
from pathlib import Path
from typing import Any

import nbformat
from jupyter_server.auth.decorator import allow_unauthenticated
from jupyter_server.utils import ensure_async
from tornado import web
from tornado.iostream import StreamClosedError
from traitlets.config import Config
from voila.configuration import VoilaConfiguration
from voila.notebook_renderer import NotebookRenderer
from voila.utils import get_page_config

from academy.private_names import is_tested
from academy_app.server.base import AcademyHandler
from academy_app.server.kernels.admission import Turn
from academy_app.server.pages.files import PageFile
from academy_app.server.pages.handlers import CoursePage, RenderError
from academy_app.server.pages.pictures import Pictures
from academy_app.server.policy import full_policy
from academy_app.server.signin.identity import Visitor
from academy_app.server.texts import page_texts

__all__ = ["FullPage", "FullPageFiles", "FullRenderer"]

TEMPLATE = "lab"
SHARE = Path(sys.prefix) / "share" / "jupyter"
STATIC = SHARE / "voila" / "templates" / "base" / "static"
FOLDERS = {
    "static": (STATIC,),
    f"templates/{TEMPLATE}/static": (STATIC, SHARE / "nbconvert" / "templates" / TEMPLATE / "static"),
    "labextensions": (SHARE / "labextensions", SHARE / "voila" / "labextensions"),
    "api/themes": (SHARE / "voila" / "themes", SHARE / "lab" / "themes"),
}
"""What is served below `/voila/`: files of the installed packages, none of a user's own folders."""
NOT_FOR_PAGES = [
    "@jupyter/nbgrader",
    "@jupyter-notebook/lab-extension",
    "jupyterlab_pygments",
    "jupyterlab-jupytext",
]
_ELSEWHERE = re.compile(r'<link[^<>]*href="https?://[^<>]*>')
_LIGHT_NO_MORE = "import os; os.environ['ACADEMY_PAGE'] = 'full'"


class FullRenderer(NotebookRenderer):
    """Renders one page with Voilà's `lab` template."""

    def __init__(
        self, page: PageFile, sentence: str, configuration: VoilaConfiguration, **settings: Any
    ) -> None:
        """Take the page, and the sentence that stands where a cell has failed."""
        folders = (
            SHARE / "voila" / "templates" / TEMPLATE,
            SHARE / "voila" / "templates" / "base",
            SHARE / "nbconvert" / "templates" / TEMPLATE,
            SHARE / "nbconvert" / "templates" / "base",
            SHARE / "nbconvert" / "templates",
            SHARE,
        )
        super().__init__(
            notebook_path=page.path,
            template_paths=[str(folder) for folder in folders],
            voila_configuration=configuration,
            **settings,
        )
        self.page = page
        self.sentence = sentence

    async def load_notebook(self, path: str) -> nbformat.NotebookNode:
        """Return the page's notebook."""
        return self.page.read()

    async def pieces(self, kernel_id: str, kernel: Any) -> AsyncGenerator[tuple[str, Any], None]:
        """Return the pieces of the page as they get ready, without links to other servers."""
        async for piece, resources in self.generate_content_generator(kernel_id, kernel):
            yield _ELSEWHERE.sub("", piece), resources

    async def _jinja_kernel_start(self, nb: nbformat.NotebookNode, kernel_id: str, kernel_future: Any) -> Any:
        started = await super()._jinja_kernel_start(nb, kernel_id, kernel_future)
        # This page has no files of ours: widgets must bring their code themselves.
        client: Any = self.executor.kc
        await ensure_async(client.execute(_LIGHT_NO_MORE, store_history=False))
        return started

    async def _jinja_cell_generator(
        self, nb: nbformat.NotebookNode, kernel_id: str
    ) -> AsyncIterator[nbformat.NotebookNode]:
        """Yield each cell with its outputs; where a cell failed stands a sentence, and no traceback."""
        async for cell in super()._jinja_cell_generator(nb, kernel_id):
            if cell.cell_type == "code":
                cell.outputs = [self._without_traceback(output) for output in cell.outputs]
            yield cell

    def _without_traceback(self, output: Any) -> Any:
        failed = output["output_type"] == "error"
        if not failed and not (output["output_type"] == "stream" and output["name"] == "stderr"):
            return output
        return nbformat.v4.new_output("stream", name="stdout", text=self.sentence)


class FullPage(CoursePage):
    """`/voila/full/<page>.ipynb`."""

    leads_on = False

    def initialize(self) -> None:  # type: ignore[override]
        """Take nothing: the template is Voilà's."""

    async def get(self, path: str) -> None:
        """Open the page, or the light one where this Voilà is not known."""
        if not is_tested("full-page"):
            self.redirect(f"{self.base_url}voila/render/{path}")
            return
        opened = super().get(path)
        if opened is not None:
            await opened

    @property
    def content_security_policy(self) -> str:
        """What the page may load: its template is full of scripts, but still nothing of others."""
        return full_policy(self.request.host, self.site.options.frame_ancestors)

    @cached_property
    def full_configuration(self) -> VoilaConfiguration:
        """The server's configuration with the other template."""
        app: Any = self.kernel_manager.parent
        configuration = VoilaConfiguration(config=app.config)
        configuration.template = TEMPLATE
        configuration.extension_denylist = NOT_FOR_PAGES
        return configuration

    async def _open(self, page: PageFile, visitor: Visitor, turn: Turn) -> None:
        renderer = await self._full_renderer(page)
        kernel_id = await self.kernel_manager.start_for(visitor, self.edition, page.file.parent)
        turn.has_kernel = True
        self.set_header("Content-Type", "text/html; charset=utf-8")
        try:
            await self._send_all(
                renderer.pieces(kernel_id, self.kernel_manager.get_kernel(kernel_id)), kernel_id
            )
        except Exception as error:
            expected = isinstance(error, RenderError | StreamClosedError)
            self.log.warning("The full page %s was not finished", page.path, exc_info=not expected)
            await self.kernel_manager.end(kernel_id, now=True)
            if not self._gone:
                self.finish(f"<p>{page_texts(self.lang)['failed_start']}</p>")

    async def _full_renderer(self, page: PageFile) -> FullRenderer:
        settings: dict[str, object] = self.settings
        config = get_page_config(self.base_url, settings, self.log, self.full_configuration)
        renderer = FullRenderer(
            page,
            page_texts(self.lang)["part_failed"],
            self.full_configuration,
            request_handler=self,
            traitlet_config=Config(self.full_configuration.config),
            contents_manager=Pictures(page.file.parent),
            kernel_spec_manager=self.kernel_spec_manager,
            base_url=self.base_url,
            page_config=config
            | {"fullMathjaxUrl": f"{self.base_url}voila/static/no-mathjax.js"},  # it is a CDN's
            mathjax_url="",
            mathjax_config="",
        )
        await renderer.initialize()
        return renderer


class FullPageFiles(AcademyHandler):
    """`/voila/static/…` and the like: the files of the full page, for who is signed in."""

    async def prepare(self) -> None:  # type: ignore[override]
        """Find out who asks; a script gets a status, never the sign-in page."""
        await super().prepare(_redirect_to_login=False)

    @allow_unauthenticated
    def get(self, folder: str, path: str) -> None:
        """Send the file."""
        found = find(folder, path) if self.visitor else None
        if found is None:
            raise web.HTTPError(404)
        self.set_header("Content-Type", mimetypes.guess_type(found.name)[0] or "application/octet-stream")
        self.set_header("Cache-Control", "private, max-age=3600")
        self.finish(found.read_bytes())

    def write_error(self, status_code: int, **_: object) -> None:
        """Refuse with the bare status."""
        self.finish()


def find(folder: str, path: str) -> Path | None:
    """Return a file of one of the folders, or None: nothing hidden, nothing that a link or dots lead out to."""
    if any(part.startswith(".") for part in path.split("/")) or "\0" in path or "\\" in path:
        return None
    for root in FOLDERS[folder]:
        file = root.joinpath(*path.split("/"))
        if file.is_file() and file.resolve().is_relative_to(root.resolve()):
            return file
    return None
