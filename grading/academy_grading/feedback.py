"""Feedback pages for a whole class: nbgrader's converter, given the grades instead of querying each."""

from __future__ import annotations

import copy
from functools import cache
from pathlib import Path
from typing import Any, cast

from jinja2 import pass_context
from nbconvert.exporters import HTMLExporter
from nbconvert.exporters.templateexporter import TemplateExporter
from nbconvert.filters.highlight import Highlight2HTML
from nbconvert.filters.widgetsdatatypefilter import WidgetsDataTypeFilter
from nbconvert.writers.files import FilesWriter
from nbformat import NotebookNode
from nbgrader import utils
from nbgrader.converters import GenerateFeedback
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors.base import NbGraderPreprocessor
from traitlets import Instance
from traitlets.config import Config

from academy.private_names import is_tested
from academy_grading.formgrader.template_context import TemplateContext
from academy_grading.grades.grade_queries import NotebookGrades

__all__ = ["FeedbackPages"]

_ASKS = "nbgrader.preprocessors.GetGrades"
_SHORT = 2_000
"""Texts of this many characters come again: what the exercise says, not what somebody answered."""


class FeedbackPages:
    """Writes pages as `nbgrader generate_feedback` does, one person after the other."""

    def __init__(self, config: Config, exercise: str) -> None:
        self.exercise = exercise
        self._directory: Any = CourseDirectory(config=config, assignment_id=exercise)
        self._converter: Any = GenerateFeedback(coursedir=self._directory, config=config)
        self._converter.force = True
        self._converter.writer = FilesWriter(parent=self._converter, config=self._converter.config)
        known: Any = KnownGrades
        self._grades: KnownGrades = known(parent=self._converter)
        kind: Any = _QuickExporter if is_tested("feedback-pages") else HTMLExporter
        self._converter.exporter = exporter = kind(parent=self._converter, config=self._converter.config)
        if isinstance(exporter, _QuickExporter):
            exporter.keep_course()
        for step in self._converter.preprocessors:
            exporter.register_preprocessor(self._grades if _is_asking(step) else step)

    def write(self, person: str, marks: NotebookGrades) -> None:
        """Write one person's page, and beside it the files of the submission."""
        self._directory.student_id = person
        self._grades.marks = marks
        folder = Path(
            self._directory.format_path(self._directory.autograded_directory, person, self.exercise)
        )
        file = str(folder / f"{self.exercise}.ipynb")
        self._converter.notebooks = [file]
        self._converter.init_destination(self.exercise, person)
        self._converter.init_assignment(self.exercise, person)
        self._converter.convert_single_notebook(file)
        self._converter.set_permissions(self.exercise, person)


def _is_asking(step: Any) -> bool:
    return step == _ASKS or getattr(step, "__name__", "") == "GetGrades"


class KnownGrades(NbGraderPreprocessor):
    """Puts points and comments into the notebook as nbgrader's GetGrades does, from what is known already."""

    marks = Instance(NotebookGrades)

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        """Fill the cells and the sum."""
        points = {grade.name: grade for grade in self.marks.grades}
        comments = {comment.name: comment.comment for comment in self.marks.comments}
        for cell in nb.cells:
            task = utils.is_task(cell)
            about = cell.metadata.get("nbgrader", {})
            if task or utils.is_solution(cell):
                about["comment"] = comments.get(about["grade_id"])
            if (task or utils.is_grade(cell)) and about["grade_id"] in points:
                about["score"] = points[about["grade_id"]].score
                about["points"] = points[about["grade_id"]].max_score
        resources["nbgrader"]["score"] = self.marks.score - self.marks.late
        resources["nbgrader"]["max_score"] = self.marks.max_score
        resources["nbgrader"]["late_penalty"] = self.marks.late
        return nb, resources


class _QuickExporter(HTMLExporter):
    """nbconvert's exporter, which renders a text that it has met before only once.

    It takes each page apart and together again to give pictures a text and outputs a place for the keyboard. Pages
    that have neither are spared that.
    """

    def __init__(self, **kw: Any) -> None:
        self._met: dict[str, str] = {}
        cast(Any, super()).__init__(**kw)

    def keep_course(self) -> None:
        """Look the course up once: it stays as it is for as long as this takes."""
        for step in cast(Any, self)._preprocessors:
            if isinstance(step, TemplateContext):
                setattr(step, "known", cache(step.known))  # noqa: B010 - it is a method

    @pass_context
    def markdown2html(self, context: Any, source: str) -> str:
        """Return a text as HTML."""
        html = self._met.get(source)
        if html is None:
            html = str(cast(Any, super()).markdown2html(context, source))
            if len(source) < _SHORT and not context.get("cell", {}).get("attachments"):
                self._met[source] = html
        return html

    def _preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        """Take the steps. The notebook has just been read and copied: upstream copies and checks it twice more."""
        resources = copy.deepcopy(resources)
        for step in cast(Any, self)._preprocessors:
            nb, resources = step(nb, resources)
        return nb, resources

    def from_notebook_node(self, nb: NotebookNode, resources: Any = None, **kw: Any) -> Any:
        """Return the page, and what was known about it."""
        usual, plain = cast(Any, super()), cast(Any, TemplateExporter)
        me: Any = self
        known = usual._init_resources(resources)
        lexer = nb.metadata.get("language_info", {}).get("name")
        me.register_filter("highlight_code", Highlight2HTML(pygments_lexer=lexer, parent=self))
        data_type = WidgetsDataTypeFilter(notebook_metadata=me._nb_metadata, parent=self, resources=known)
        me.register_filter("filter_data_type", data_type)
        page, known = plain.from_notebook_node(self, nb, known, **kw)
        if "<img" in page or "jp-" in page:
            return usual.from_notebook_node(nb, resources, **kw)
        return page, known
