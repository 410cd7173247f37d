"""Running all cells of a page at one request: each request of its own costs ten messages and as many waits."""

# mypy: disable-error-code="no-untyped-call"

from __future__ import annotations

import sys
from collections.abc import Collection, Sequence

from IPython.core.getipython import get_ipython

__all__ = ["DONE", "request", "run"]

DONE = "application/vnd.academy.cell-done+json"
"""The type of what is shown after each cell: `{"cell": <its place>, "failed": <whether it failed>}`."""


def request(cells: Sequence[str], may_fail: Collection[int] = ()) -> str:
    """Return the code that runs cells in a kernel; after one that fails, unless it may, none follows."""
    return f"await __import__({__name__!r}).kernels.cells.run({list(cells)!r}, {sorted(may_fail)!r})"


async def run(cells: Sequence[str], may_fail: Collection[int]) -> None:
    """Run cells one after the other as if each had been asked for, and say after each that it is done."""
    shell = get_ipython()
    assert shell is not None
    for number, source in enumerate(cells):
        transformed = shell.transform_cell(source)
        if shell.should_run_async(source, transformed_cell=transformed):
            result = await shell.run_cell_async(source, store_history=False, transformed_cell=transformed)
        else:
            result = shell.run_cell(source, store_history=False)
        for stream in (sys.stdout, sys.stderr):
            stream.flush()  # or what it printed would come after the word that it is done
        failed = not result.success
        shell.display_pub.publish({DONE: {"cell": number, "failed": failed}})
        if failed and number not in may_fail:
            return
