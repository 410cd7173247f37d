"""Renders pages: Voilà's exporter and executor, with what is the same for every request made once."""

# mypy: disable-error-code="no-untyped-call"
# Voilà and Jupyter have few types, and super() calls escape untyped_calls_exclude.

from __future__ import annotations

import re
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Mapping
from functools import partial
from typing import Any
from urllib.parse import unquote

import nbformat
from jinja2 import pass_context
from jinja2.runtime import Context
from traitlets import default
from traitlets.config import Config
from voila.exporter import VoilaExporter

from academy.private_names import is_tested
from academy_app.server.pages.files import PageFile
from academy_app.server.pages.pictures import Pictures
from academy_app.server.pages.running import PageRun

__all__ = ["PageExporter", "PageRenderer"]

KEPT_TEXTS = 500

COMPACT = {"ensure_ascii": False, "separators": (",", ":")}
"""How JSON is written into pages: an Arabic letter takes two bytes, not six."""

ANCHORS = re.compile(r'<a class="anchor-link" href="#[^"<>]*">[^<>]*</a>')
"""Signs beside headings, which the page does not show."""
PLAIN = re.compile(r"&#(\d{3,7});")
"""How nbconvert writes headings: an Arabic letter takes two bytes, not seven."""
FRAGMENTS = re.compile(r'( id="| href="#)([^"<>]*%[89A-F][^"<>]*)"')
"""Names of headings, and links to them, in percent signs: browsers find each with the other."""


def lighter(html: str) -> str:
    """Return a text as the page shows it, with letters as letters."""
    return FRAGMENTS.sub(_fragment, PLAIN.sub(_letter, ANCHORS.sub("", html)))


def _fragment(found: re.Match[str]) -> str:
    try:
        name = unquote(found[2], errors="strict")
    except UnicodeDecodeError:
        return found[0]
    return found[0] if set(name) & set('"<>&%') or not name.isprintable() else f'{found[1]}{name}"'


def _letter(found: re.Match[str]) -> str:
    code = int(found[1])
    return chr(code) if 160 < code < 0xD800 else found[0]


class PageExporter(VoilaExporter):
    """Makes pages of notebooks. One for all requests: its environment and compiled templates are what costs time."""

    def __init__(self, **settings: object) -> None:
        super().__init__(**settings)
        self.exclude_input = self.exclude_output_prompt = self.exclude_input_prompt = True
        self._texts: dict[str, str] = {}
        self.environment.policies["json.dumps_kwargs"] = COMPACT

    @default("default_preprocessors")
    def _no_preprocessors(self) -> list[object]:
        """None: they take away what our notebooks do not have, and each of them validates the notebook again."""
        return []

    def _preprocess(self, nb: nbformat.NotebookNode, resources: object) -> tuple[nbformat.NotebookNode, Any]:
        """Leave the notebook as it is: without preprocessors there is nothing to copy and to check for."""
        return (nb, resources) if is_tested("page-render") else super()._preprocess(nb, resources)

    @pass_context
    def markdown2html(self, context: Context, source: str) -> str:
        """Render a lesson's text, once. (Text with pictures is made anew: their files may change.)"""
        if source in self._texts:
            return self._texts[source]
        self.contents_manager = context["pictures"]  # nothing else runs until the text is made
        made = lighter(super().markdown2html(context, source))
        if "![" not in source and "<img" not in source and len(self._texts) < KEPT_TEXTS:
            self._texts[source] = made
        return made


class PageRenderer:
    """Renders one page for one person. Templates know it as `kernel_start.func.__self__`."""

    def __init__(
        self,
        page: PageFile,
        academy: dict[str, Any],
        slim: Callable[[Mapping[str, Any]], dict[str, Any]],
        exporter: PageExporter,
        config: Config,
    ) -> None:
        """Take the page, what its template knows as `academy`, and what makes its widgets' state smaller."""
        self.page = page
        self.slim = slim
        self.academy = academy
        self.exporter = exporter
        self.config = config
        self.pictures = Pictures(page.file.parent)
        self.notebook = page.read()
        self.executor: PageRun | None = None

    def pieces(self, kernel_id: str, manager: Any) -> AsyncGenerator[tuple[str, Any], None]:
        """Return the pieces of the page as they get ready."""
        resources = {
            "base_url": self.academy["base_url"],
            "template": self.exporter.template_name,
            "theme": self.exporter.theme,
            "metadata": {"name": self.page.name.rpartition("/")[2]},
            "academy": self.academy,
        }
        generator: AsyncGenerator[tuple[str, Any], None] = self.exporter.generate_from_notebook_node(
            self.notebook,
            resources=resources,
            extra_context={
                "frontend": "voila",
                "kernel_start": partial(self.kernel_start, kernel_id=kernel_id, manager=manager),
                "cell_generator": self.cell_generator,
                "progressive_rendering": False,
                "academy": self.academy,
                "pictures": self.pictures,
                "slim": self.slim,
            },
        )
        return generator

    async def kernel_start(self, nb: nbformat.NotebookNode, kernel_id: str, manager: Any) -> str:
        """Connect to the kernel."""
        self.executor = PageRun(nb, km=manager, config=self.config, record_timing=False)
        await self.executor.connect()
        return kernel_id

    async def cell_generator(
        self, nb: nbformat.NotebookNode, kernel_id: str
    ) -> AsyncIterator[nbformat.NotebookNode]:
        """Yield each cell with its outputs; where a cell failed stands a sentence, and no traceback."""
        assert self.executor is not None
        async for cell in self.executor.cells():
            if cell.cell_type == "code":
                cell.outputs = [self._without_traceback(output) for output in cell.outputs]
            yield cell
        self.close()

    def close(self) -> None:
        """Let go of the kernel's channels."""
        if self.executor is not None:
            self.executor.close()

    def _without_traceback(self, output: Any) -> Any:
        if output["output_type"] != "error":
            return output
        sentence = self.academy["texts"]["part_failed"]
        return nbformat.v4.new_output("error", ename="", evalue=sentence, traceback=[sentence])
