"""Reads the YAML files of a course."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from academy.errors import CourseError

__all__ = ["LOADER", "course_files", "mapping", "read_yaml"]

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_yaml(file: Path) -> Any:
    """Read a YAML file. Raises CourseError naming the line where it does not parse."""
    try:
        return yaml.load(file.read_text("utf-8"), Loader=LOADER)  # noqa: S506 - both loaders are the safe ones
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else "?"
        raise CourseError(f"{file}: line {line}: this is not valid YAML: {error.problem}.") from None
    except yaml.YAMLError:
        raise CourseError(f"{file}: this is not valid YAML.") from None
    except UnicodeDecodeError:
        raise CourseError(f"{file}: this is not UTF-8 text. Save it with the encoding UTF-8.") from None


def mapping(file: Path) -> dict[str, Any]:
    """Read a YAML file of keys and values. Raises CourseError if it is anything else."""
    content = read_yaml(file)
    if not isinstance(content, dict):
        raise CourseError(f"{file}: write keys and values, such as “title: …”.")
    return content


def course_files(folder: Path) -> dict[str, Any]:
    """Return what `course.yaml` says, with `passport.yaml` beside it under its name."""
    raw = mapping(folder / "course.yaml")
    plan = folder / "passport.yaml"
    return raw | {"passport": mapping(plan)} if plan.is_file() else raw
