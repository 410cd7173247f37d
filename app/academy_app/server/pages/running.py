"""Executes a page's cells: all are requested at once, each is ready as soon as its output is."""

# mypy: disable-error-code="no-untyped-call"
# Voilà and Jupyter have few types, and super() calls escape untyped_calls_exclude.

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from queue import Empty
from typing import Any

import nbformat
from nbclient.exceptions import CellExecutionComplete
from voila.execute import VoilaExecutor, strip_code_cell_warnings

from academy_app.kernels.cells import DONE, request

__all__ = ["KernelSilentError", "PageRun"]

ASK_AFTER_SECONDS = 0.5
FAILURE_IS_FINE = "raises-exception"


class KernelSilentError(Exception):
    """The kernel did not begin to talk in time."""


class PageRun(VoilaExecutor):
    """Runs the cells of one notebook in a kernel that has just been started.

    Upstream asks about a kernel until it answers, then waits 0.2 s for silence, then sends one cell after the other
    and waits for the end of each with three tasks. Here a kernel is ready when the first thing is heard of it, all
    cells are one request, and what they say is read in one loop. Outputs and widgets' states are kept as nbclient
    keeps them.
    """

    km: Any
    kc: Any

    async def connect(self) -> None:
        """Listen to the kernel, and wait until it knows that we do. Raises KernelSilentError."""
        self.kc = self.km.client(context=self.km.context)  # one context, else each page brings two threads
        self.kc.start_channels(stdin=False, hb=False, control=False)
        loop = asyncio.get_running_loop()
        until = loop.time() + self.startup_timeout
        while loop.time() < until:
            try:
                # kernels greet whoever subscribes (ipykernel 7); an older one is asked until it says anything
                await self.kc.get_iopub_msg(timeout=ASK_AFTER_SECONDS)
            except Empty:
                self.kc.kernel_info()
            else:
                return
        raise KernelSilentError

    async def cells(self) -> AsyncIterator[nbformat.NotebookNode]:
        """Yield each cell with its outputs; the one that fails is the last."""
        run = [number for number, cell in enumerate(self.nb.cells) if self._is_run(cell)]
        asked = self._send(run) if run else ""
        for number, cell in enumerate(self.nb.cells):
            failed = number in run and await self._finish(asked, run.index(number), cell, number)
            yield cell
            if failed and not _may_fail(cell):
                return

    def close(self) -> None:
        """Stop listening."""
        if self.kc is not None:
            self.kc.stop_channels()

    def _is_run(self, cell: nbformat.NotebookNode) -> bool:
        if cell.cell_type != "code" or not cell.source.strip():
            return False
        return self.skip_cells_with_tag not in cell.metadata.get("tags", [])

    def _send(self, run: list[int]) -> str:
        cells = [self.nb.cells[number] for number in run]
        for cell in cells:
            cell.outputs = []
        may_fail = [place for place, cell in enumerate(cells) if _may_fail(cell)]
        sent: str = self.kc.execute(request([cell.source for cell in cells], may_fail), store_history=False)
        return sent

    async def _finish(self, asked: str, place: int, cell: nbformat.NotebookNode, number: int) -> bool:
        """Take what the cell says until it is done; returns whether it failed."""
        self.clear_before_next_output = False
        failed = True  # unless the kernel says that it is done
        try:
            while True:
                message: dict[str, Any] = await self.kc.get_iopub_msg(timeout=None)
                if message["parent_header"].get("msg_id") != asked:
                    continue
                if (done := _done(message)) is not None and done["cell"] == place:
                    failed = done["failed"]
                    break
                self.process_message(message, cell, number)
        except CellExecutionComplete:
            pass
        strip_code_cell_warnings(cell)
        failures = [output for output in cell.outputs if output["output_type"] == "error"]
        for failure in failures:
            self.log.error("A cell of the page failed:\n%s", "\n".join(failure["traceback"]))
        return failed


def _may_fail(cell: nbformat.NotebookNode) -> bool:
    return FAILURE_IS_FINE in cell.metadata.get("tags", [])


def _done(message: dict[str, Any]) -> dict[str, Any] | None:
    """What a kernel says after a cell; None for all else that it says."""
    data: dict[str, Any] = message["content"].get("data") or {}
    return data.get(DONE) if message["msg_type"] == "display_data" else None
