"""Imports Jupyter's packages without a part that takes long and that nobody here uses."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

__all__ = ["without_grammars"]


@contextmanager
def without_grammars() -> Iterator[None]:
    """Import without what takes half of the time to start.

    jsonschema, which Jupyter's events bring, builds some forty grammars to check addresses that nobody here checks;
    it does without if the package can't be imported. Afterwards it can be: kernels inherit what this process has.
    """
    modules: dict[str, Any] = sys.modules
    if "rfc3987_syntax" in modules:
        yield
        return
    modules["rfc3987_syntax"] = None
    try:
        yield
    finally:
        del modules["rfc3987_syntax"]
