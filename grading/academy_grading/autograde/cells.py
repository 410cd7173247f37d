"""Runs code cells in one namespace, as a notebook's kernel does."""

from __future__ import annotations

import ast
import contextlib
import io
from collections.abc import Callable, Sequence
from typing import Any

__all__ = ["Output", "broken", "run_cells"]

Output = dict[str, Any]
"""An output as nbformat has it."""
LONGEST_TEXT = 20_000


def run_cells(sources: Sequence[str], tell: Callable[[int, list[Output]], object]) -> None:
    """Run the cells and tell the outputs of each when it has ended; an error in one does not stop the next."""
    namespace: dict[str, object] = {"__name__": "__main__"}
    for number, source in enumerate(sources):
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            last = _result(source, namespace, number)
        streams = [_stream(name, text.getvalue()) for name, text in (("stdout", out), ("stderr", err))]
        tell(number, [output for output in (*streams, last) if output])


def broken(name: str, text: str) -> Output:
    """Return the output of a cell that ended with an error."""
    said = text[:LONGEST_TEXT]
    return {"output_type": "error", "ename": name, "evalue": said, "traceback": [f"{name}: {said}"]}


def _result(source: str, namespace: dict[str, object], number: int) -> Output | None:
    """Run one cell and return its last value, its error, or None."""
    try:
        tree = ast.parse(source)
        last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
        exec(compile(tree, "<cell>", "exec"), namespace)  # noqa: S102 - the stored source of the exercise
        if not isinstance(last, ast.Expr):
            return None
        value = eval(compile(ast.Expression(last.value), "<cell>", "eval"), namespace)  # noqa: S307
    except BaseException as error:
        return broken(type(error).__name__, str(error))
    if value is None or source.rstrip().endswith(";"):
        return None
    return {
        "output_type": "execute_result",
        "execution_count": number + 1,
        "metadata": {},
        "data": {"text/plain": repr(value)[:LONGEST_TEXT]},
    }


def _stream(name: str, text: str) -> Output | None:
    return {"output_type": "stream", "name": name, "text": text[:LONGEST_TEXT]} if text else None
