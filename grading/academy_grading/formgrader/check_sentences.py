"""Renders checks as sentences: what graders and participants read instead of code."""

from __future__ import annotations

from nbconvert.preprocessors import Preprocessor
from nbformat import NotebookNode
from traitlets import Bool

from academy_grading.text import shown

__all__ = ["COULD_NOT_RUN", "CheckSentences", "sentence_of"]

COULD_NOT_RUN = "This check could not be run. Please look at the answers and give the points by hand."


class CheckSentences(Preprocessor):
    """Show each check by the sentence it printed, and no other code. The notebook on disk stays as it is."""

    enabled = Bool(True).tag(config=True)

    def preprocess(
        self, nb: NotebookNode, resources: dict[str, object]
    ) -> tuple[NotebookNode, dict[str, object]]:
        """Replace the cells of checks and drop the other code."""
        nb.cells = [cell for cell in map(_friendly, nb.cells) if cell is not None]
        return nb, resources


def _friendly(cell: NotebookNode) -> NotebookNode | None:
    if cell.cell_type != "code":
        return cell
    if not cell.metadata.get("nbgrader", {}).get("grade"):
        return None
    said = sentence_of(cell)
    return NotebookNode(
        cell_type="markdown", id=cell.id, metadata=cell.metadata, source=f"<div>{shown(said)}</div>"
    )


def sentence_of(cell: NotebookNode) -> str:
    """Return what a check's cell has printed, or that a person has to look."""
    if any(output.output_type == "error" for output in cell.outputs):
        return COULD_NOT_RUN
    return "\n".join(
        output.text.strip()
        for output in cell.outputs
        if output.output_type == "stream" and output.name == "stdout"
    )
