"""Captures log messages in nbgrader's commands: those of the kit's parts, and the last word of nbgrader."""

from __future__ import annotations

import logging
from pathlib import Path
from types import TracebackType
from typing import Any

__all__ = ["LogCapture", "last_word"]

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


def last_word(result: dict[str, Any]) -> str:
    """Return the last thing that nbgrader said before a command of its API failed: an error, if there is one."""
    said = str(result.get("log") or result.get("error") or "")
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    wrong = [line for line in lines if "Error" in line]
    return (wrong or lines or ["?"])[-1]
