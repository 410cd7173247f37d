"""Recognizes unmodified submissions: the released notebook with answers in it, and nothing else.

What nbgrader makes of such a notebook is known beforehand but for the answers, so a whole cohort need not go through
its converter one by one. Any other notebook does.
"""

from __future__ import annotations

import copy
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat
from nbconvert.exporters.exporter import ResourcesDict
from nbformat import NotebookNode, from_dict
from nbgrader import utils
from nbgrader.preprocessors import LimitOutput

from academy_grading.autograde.cells import Output
from academy_grading.autograde.execute import judged
from academy_grading.sources.notebook import ANSWERS

__all__ = ["CheckedSubmission", "UnmodifiedSubmission"]

Document = dict[str, Any]


@dataclass
class CheckedSubmission:
    """What the checks make of one submission: the notebook's text, points and comments by cell."""

    text: str
    scores: dict[str, float | None] = field(default_factory=dict)
    waits: set[str] = field(default_factory=set)
    """Cells at which a person has to look in any case."""
    cleared: set[str] = field(default_factory=set)
    """Cells that nobody gives points for."""
    comments: dict[str, str | None] = field(default_factory=dict)


class UnmodifiedSubmission:
    """The released notebook, and the same after nbgrader has put every locked cell right."""

    def __init__(self, released: Path, sanitized: NotebookNode) -> None:
        self._released: Document = json.loads(released.read_text("utf-8"))
        self._sanitized = sanitized
        self._template: Document = json.loads(nbformat.writes(sanitized))
        self._places = [
            number for number, cell in enumerate(self._released["cells"]) if _name(cell) == ANSWERS
        ]
        self._codes = [number for number, cell in enumerate(sanitized.cells) if cell.cell_type == "code"]

    @property
    def sources(self) -> list[str]:
        """The code cells, in their order."""
        return [self._sanitized.cells[number].source for number in self._codes]

    def answers(self, file: Path) -> str | None:
        """Return the answers' cell of a submission, or None if anything else in it is not as it was released."""
        try:
            given: Document = json.loads(file.read_text("utf-8"))
            (place,) = self._places
            source = given["cells"][place].pop("source")
        except (OSError, ValueError, KeyError, IndexError, TypeError, AttributeError):
            return None
        if isinstance(source, list) and all(isinstance(line, str) for line in source):
            source = "".join(source)
        given["cells"][place]["source"] = self._released["cells"][place]["source"]
        return source if given == self._released and isinstance(source, str) else None

    def graded(self, answers: str, results: list[list[Output]], limit: LimitOutput) -> CheckedSubmission:
        """Return what nbgrader would write and save, given the outputs of the code cells."""
        document = copy.deepcopy(self._template)
        document["cells"][self._places[0]]["source"] = answers.splitlines(keepends=True)
        graded = CheckedSubmission("")
        outputs = dict(zip(self._codes, results, strict=True))
        for number, cell in enumerate(self._sanitized.cells):
            if number in outputs:
                cell = _with(cell, outputs[number], limit)
                place = document["cells"][number]
                place["outputs"] = [_split(output) for output in cell.outputs]
                place["execution_count"] = self._codes.index(number) + 1
            elif number == self._places[0]:
                cell = NotebookNode(cell, source=answers)
            _judge(cell, graded)
        graded.text = json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
        return graded


def _judge(cell: NotebookNode, graded: CheckedSubmission) -> None:
    name = cell.metadata.get("nbgrader", {}).get("grade_id")
    if utils.is_grade(cell):
        graded.scores[name], waits = judged(cell)
        if waits:
            graded.waits.add(name)
        if utils.is_solution(cell) and not cell.metadata["nbgrader"]["points"]:
            graded.cleared.add(name)
    if utils.is_task(cell):
        graded.waits.add(name)
        graded.comments[name] = None
    elif utils.is_solution(cell):
        same = cell.metadata["nbgrader"].get("checksum") == utils.compute_checksum(cell)
        graded.comments[name] = "No response." if same else None


def _with(cell: NotebookNode, outputs: list[Output], limit: LimitOutput) -> NotebookNode:
    """The cell with outputs, as many as nbgrader keeps."""
    filled = NotebookNode(cell, outputs=[from_dict(output) for output in outputs])
    limited: NotebookNode = limit.preprocess_cell(filled, ResourcesDict(), 0)[0]
    return limited


def _split(output: NotebookNode) -> Output:
    """An output as a notebook's file has it: texts are lists of lines."""
    plain: Output = json.loads(json.dumps(output))
    if "text" in plain:
        plain["text"] = plain["text"].splitlines(keepends=True)
    for kind, value in plain.get("data", {}).items():
        if isinstance(value, str):
            plain["data"][kind] = value.splitlines(keepends=True)
    return plain


def _name(cell: Document) -> str | None:
    name: str | None = cell.get("metadata", {}).get("nbgrader", {}).get("grade_id")
    return name
