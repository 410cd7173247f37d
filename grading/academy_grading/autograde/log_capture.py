"""Captures log messages of the kit's parts in nbgrader's commands, apart from nbgrader's own."""

from __future__ import annotations

import logging
from pathlib import Path
from types import TracebackType

__all__ = ["LogCapture"]

_OURS = Path(__file__).parents[1]


class LogCapture(logging.Handler):
    """Warnings of ours that come in while this is open, as sentences."""

    def __init__(self, log: logging.Logger) -> None:
        super().__init__(logging.WARNING)
        self.said: list[str] = []
        self._log = log

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a sentence if it is one of ours."""
        if _OURS in Path(record.pathname).parents:
            self.said.append(record.getMessage())

    def __enter__(self) -> LogCapture:
        self._log.addHandler(self)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._log.removeHandler(self)
