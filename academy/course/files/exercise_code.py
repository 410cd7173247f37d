"""Loads `checks.py` of an exercise, and says which version of an exercise its files are."""

from __future__ import annotations

import hashlib
import importlib.util
import traceback
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import CodeType, ModuleType

from academy.errors import CourseError

__all__ = ["checks_module", "exercise_version"]


def checks_module(folder: Path) -> ModuleType | None:
    """Import `checks.py` of an exercise under a name of its own."""
    file = folder / "checks.py"
    if not file.is_file():
        return None
    name = f"academy_exercise_{folder.parent.name}_{folder.name}".replace("-", "_")
    spec = importlib.util.spec_from_file_location(name, file, loader=_AsWritten(name, str(file)))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except (Exception, SystemExit) as error:
        line = f"line {number}: " if (number := _line(error, file)) else ""
        raise CourseError(f"{file}: {line}it can't be loaded: {type(error).__name__}: {error}.") from error
    return module


def _line(error: BaseException, file: Path) -> int | None:
    """The line of a file at which it stopped."""
    if isinstance(error, SyntaxError):
        return error.lineno
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename == str(file)]
    return frames[-1].lineno if frames else None


class _AsWritten(SourceFileLoader):
    """Compiles what stands in the file now.

    What Python keeps compiled beside it knows whole seconds: of two changes in one second it would keep the first.
    """

    def get_code(self, fullname: str) -> CodeType:
        path = self.get_filename(fullname)
        code: CodeType = self.source_to_code(self.get_data(path), path)
        return code


def exercise_version(folder: Path, base: Path) -> str:
    """A digest of what decides about answers and points: the exercise and its checks."""
    digest = hashlib.sha256()
    for place in dict.fromkeys((folder, base)):
        for name in ("exercise.yaml", "checks.py"):
            file = place / name
            digest.update(file.read_bytes() if file.is_file() else b"")
    return digest.hexdigest()[:16]
