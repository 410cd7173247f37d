"""Rendering a page: Voilà's renderer with our context, without its detours over the disk."""

# mypy: disable-error-code="no-untyped-call"
# Voilà and Jupyter have few types, and super() calls escape untyped_calls_exclude.

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Callable
from functools import partial
from typing import Any

import jinja2
import nbformat
from jinja2.bccache import Bucket, BytecodeCache
from voila.notebook_renderer import NotebookRenderer

from academy.server.embedded import slim
from academy.server.pagefiles import Page

__all__ = ["PageRenderer"]

COMPACT = {"ensure_ascii": False, "separators": (",", ":")}
"""How JSON is written into pages: an Arabic letter takes two bytes, not six."""


class MemoryCache(BytecodeCache):
    """Compiled templates: without it every request compiles them anew."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take what was compiled, if the template has not changed since."""
        if bucket.key in self._kept:
            bucket.bytecode_from_string(self._kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled."""
        self._kept[bucket.key] = bucket.bytecode_to_string()


_compiled = MemoryCache()


class PageRenderer(NotebookRenderer):
    """Renders one page for one person."""

    def __init__(
        self, page: Page, academy: dict[str, Any], keep: Callable[[str, str], str], **settings: Any
    ) -> None:
        """Take the page, what its template knows as `academy`, and where widgets' code is kept."""
        super().__init__(notebook_path=page.path, page_config={}, **settings)
        self.page = page
        self.academy = academy
        self.slim = partial(slim, keep=keep)

    async def initialize(self, **overrides: Any) -> None:
        """Prepare the exporter; whatever a request says about templates and themes is not asked."""
        await super().initialize()
        self.resources["academy"] = self.academy
        environment: jinja2.Environment = self.exporter.environment
        environment.bytecode_cache = _compiled
        environment.policies["json.dumps_kwargs"] = COMPACT

    async def load_notebook(self, path: str) -> nbformat.NotebookNode:
        """Return the page's notebook. (Upstream asks a contents manager, which signs notebooks for their trust.)"""
        return self.page.read()

    def generate_content_generator(
        self, kernel_id: str | None = None, kernel_future: Any = None
    ) -> AsyncGenerator[tuple[str, Any], None]:
        """Return the pieces of the page as they get ready."""
        generator: AsyncGenerator[tuple[str, Any], None] = self.exporter.generate_from_notebook_node(
            self.notebook,
            resources=self.resources,
            extra_context={
                "frontend": "voila",
                "kernel_start": partial(
                    self._jinja_kernel_start, kernel_id=kernel_id, kernel_future=kernel_future
                ),
                "notebook_execute": self._jinja_notebook_execute,
                "cell_generator": self._cells,
                "progressive_rendering": False,
                "academy": self.academy,
                "slim": self.slim,
            },
            page_config={},
        )
        return generator

    async def _cells(self, nb: nbformat.NotebookNode, kernel_id: str) -> AsyncIterator[nbformat.NotebookNode]:
        """Yield each cell with its outputs; where a cell failed stands a sentence, and no traceback."""
        async for cell in self._jinja_cell_generator(nb, kernel_id):
            if cell.cell_type == "code":
                cell.outputs = [self._without_traceback(output) for output in cell.outputs]
            yield cell

    def _without_traceback(self, output: Any) -> Any:
        failed = output["output_type"] == "error"
        if not failed and not (output["output_type"] == "stream" and output["name"] == "stderr"):
            return output
        sentence = self.academy["texts"]["part_failed"]
        return nbformat.v4.new_output("error", ename="", evalue=sentence, traceback=[sentence])

    async def close(self) -> None:
        """Let go of the kernel's channels if rendering did not come to its end."""
        client = getattr(getattr(self, "executor", None), "kc", None)
        if client is not None:
            client.stop_channels()
