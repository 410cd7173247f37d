"""nbgrader configuration of a course root, for its commands and formgrader alike."""

from __future__ import annotations

import os
import warnings
from pathlib import Path

import nbgrader
from sqlalchemy.exc import SAWarning
from traitlets.config import Config

from academy_grading.grades.database import (
    be_patient,
    gradebook_url,
    has_gradebook,
    keep_percent_signs,
    put_environment_first,
)

__all__ = ["CONFIG_FILE", "CONFIG_TEXT", "COURSE_FOLDER", "STEPS", "configure"]

CONFIG_FILE = "nbgrader_config.py"
CONFIG_TEXT = """\
from academy_grading.config import configure
configure(get_config(), __file__)
"""
"""What stands in it. Settings of one's own go below: building again leaves the file alone."""
COURSE_FOLDER = "course-folder.txt"
"""Names the folder of the course's files where that is not the kit's own."""

_EXCHANGE = {
    "exchange": "StoreExchange",
    "release_assignment": "ReleaseAssignment",
    "fetch_assignment": "FetchAssignment",
    "submit": "Submit",
    "collect": "Collect",
    "list": "List",
    "release_feedback": "ReleaseFeedback",
    "fetch_feedback": "FetchFeedback",
}
STEPS = (
    "academy_grading.autograde.execute.ExecuteStoredCells",
    "nbgrader.preprocessors.LimitOutput",
    "academy_grading.autograde.execute.SaveGrades",
    "nbgrader.preprocessors.AssignLatePenalties",
    "nbgrader.preprocessors.CheckCellMetadata",
)
"""What is done with each submission at autograde."""
_GUARD = "academy_grading.formgrader.render_guard.RenderGuard"


def configure(c: Config, config_file: str | os.PathLike[str]) -> None:
    """Set up nbgrader for the course root in which `config_file` lies, `<data>/courses/<course-id>`."""
    root = Path(config_file).resolve().parent
    put_environment_first()
    be_patient()
    keep_percent_signs()
    warnings.filterwarnings(
        "ignore", category=SAWarning, module="nbgrader"
    )  # noise of its own, nothing to mend here
    _find_course(root)
    c.CourseDirectory.root = str(root)
    c.CourseDirectory.course_id = root.name
    c.CourseDirectory.db_url = gradebook_url(root)
    for role, name in _EXCHANGE.items():
        setattr(c.ExchangeFactory, role, f"academy_grading.exchange.{name}")
    c.ExportApp.plugin_class = "academy_grading.grades.export.EmptyUntilGraded"
    c.GenerateAssignment.exporter_class = "academy_grading.sources.generate.CarefulNotebookExporter"
    if c.CourseDirectory.db_url.startswith("sqlite") and not has_gradebook(root):
        # What was released once and is in no gradebook has to be written there, release or not.
        c.GenerateAssignment.force = True
    _grade(c)
    _show(c)


def _find_course(root: Path) -> None:
    """Let every process that starts from here find the course's files."""
    note = root / COURSE_FOLDER
    noted = [Path(note.read_text("utf-8").strip())] if note.is_file() else []
    for folder in (root.parent.parent / "exercises" / root.name, *noted):
        if (folder / "course.yaml").is_file():
            os.environ.setdefault("ACADEMY_EXERCISES", str(folder.parent))
            return


def _grade(c: Config) -> None:
    c.Autograde.autograde_preprocessors = list(STEPS)


def _show(c: Config) -> None:
    """Formgrader and feedback: safe cells, sentences for checks, nothing from a third party."""
    templates = Path(nbgrader.__file__).parent / "server_extensions" / "formgrader" / "templates"
    c.HTMLExporter.extra_template_basedirs = [str(Path(__file__).with_name("templates")), str(templates)]
    c.HTMLExporter.preprocessors = [
        "academy_grading.formgrader.template_context.TemplateContext",
        "academy_grading.formgrader.check_sentences.CheckSentences",
        _GUARD,
    ]
    c.GenerateFeedback.preprocessors = [
        "nbgrader.preprocessors.GetGrades",
        "nbconvert.preprocessors.CSSHTMLHeaderPreprocessor",
        _GUARD,
    ]
    c.FormgradeExtension.debug = False
