"""Running a notebook's cells in a process of their own, without a kernel."""

from __future__ import annotations

import ast
import contextlib
import io
import json
import os
import resource
import select
import signal
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

__all__ = ["Output", "run_apart"]

Output = dict[str, Any]
"""An output as nbformat has it."""
LONGEST_TEXT = 20_000


def run_apart(sources: Sequence[str], folder: Path, seconds: float) -> list[list[Output]]:
    """Run cells one after the other in one namespace, like a notebook, and return the outputs of each.

    They run in a forked child in `folder`, which is killed after `seconds`. A cell that did not end has an error as
    its output; an error in one cell does not stop the next.
    """
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        _be_the_child(sources, folder, seconds, read, write)
    os.close(write)
    lines = _lines(read, child, seconds)
    found: dict[int, list[Output]] = {}
    for line in lines:
        with contextlib.suppress(ValueError):
            number, outputs = json.loads(line)
            found[number] = outputs
    return [
        found.get(number, [_error("TimeoutError", "This cell did not end.")])
        for number in range(len(sources))
    ]


def _lines(read: int, child: int, seconds: float) -> list[str]:
    """Read what the child says until it ends, or end it."""
    said, deadline = b"", time.monotonic() + seconds
    try:
        while select.select([read], [], [], max(deadline - time.monotonic(), 0))[0]:
            part = os.read(read, 65536)
            if not part:
                break
            said += part
        else:
            os.kill(child, signal.SIGKILL)
    finally:
        os.close(read)
        os.waitpid(child, 0)
    return said.decode("utf-8", "replace").splitlines()


def _be_the_child(sources: Sequence[str], folder: Path, seconds: float, read: int, write: int) -> None:
    status = 1
    try:
        os.close(read)
        limit = int(seconds) + 1
        resource.setrlimit(resource.RLIMIT_CPU, (limit, limit))
        sys.dont_write_bytecode = True
        # A file beside the notebook must never stand in for an installed module.
        sys.path[:] = [path for path in sys.path if path not in ("", ".", os.fspath(folder))]
        os.chdir(folder)
        with os.fdopen(write, "w", encoding="utf-8") as pipe:

            def tell(number: int, outputs: list[Output]) -> None:
                pipe.write(json.dumps([number, outputs]) + "\n")
                pipe.flush()

            _run(sources, tell)
        status = 0
    finally:
        os._exit(status)


def _run(sources: Sequence[str], tell: Callable[[int, list[Output]], None]) -> None:
    namespace: dict[str, Any] = {"__name__": "__main__"}
    for number, source in enumerate(sources):
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            last = _result(source, namespace, number)
        streams = [_stream(name, text.getvalue()) for name, text in (("stdout", out), ("stderr", err))]
        tell(number, [output for output in (*streams, last) if output])


def _result(source: str, namespace: dict[str, Any], number: int) -> Output | None:
    """Run one cell and return its last value, its error, or None."""
    try:
        tree = ast.parse(source)
        last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
        exec(compile(tree, "<cell>", "exec"), namespace)  # noqa: S102 - the stored source of the exercise
        if not isinstance(last, ast.Expr):
            return None
        value = eval(compile(ast.Expression(last.value), "<cell>", "eval"), namespace)  # noqa: S307
    except BaseException as error:
        return _error(type(error).__name__, str(error))
    if value is None:
        return None
    return {
        "output_type": "execute_result",
        "execution_count": number + 1,
        "metadata": {},
        "data": {"text/plain": repr(value)[:LONGEST_TEXT]},
    }


def _stream(name: str, text: str) -> Output | None:
    return {"output_type": "stream", "name": name, "text": text[:LONGEST_TEXT]} if text else None


def _error(name: str, text: str) -> Output:
    said = text[:LONGEST_TEXT]
    return {"output_type": "error", "ename": name, "evalue": said, "traceback": [f"{name}: {said}"]}
