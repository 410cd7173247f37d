"""Autogrades all submissions of an exercise: on all cores, in one database session, resumable."""

from __future__ import annotations

import os
import select
from collections import deque
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

import nbformat
from nbconvert.exporters import NotebookExporter
from nbgrader.api import MissingEntry
from nbgrader.preprocessors import AssignLatePenalties, LimitOutput
from nbgrader.utils import capture_log
from traitlets.config import Config

from academy.data import file_lock
from academy.errors import CourseError
from academy_grading.autograde.cells import Output
from academy_grading.autograde.checks_client import ChecksClient
from academy_grading.autograde.execute import ExecuteStoredCells
from academy_grading.autograde.fast_path import UnmodifiedSubmission
from academy_grading.autograde.gradebook_writer import GradebookWriter, open_gradebook_writer
from academy_grading.autograde.log_capture import LogCapture, last_word
from academy_grading.autograde.staging import Staging
from academy_grading.config import STEPS

__all__ = ["Outcome", "autograde_all"]

Progress = Callable[[int, int], object]


@dataclass
class Outcome:
    """What came of a batch: people by what was done for them, and sentences about what to look at."""

    graded: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    failed: dict[str, str] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)


def autograde_all(
    config: Config,
    exercise: str,
    *,
    people: Iterable[str] | None = None,
    again: bool = False,
    behind: Collection[str] = (),
    asked: Collection[str] = (),
    progress: Progress = lambda done, of: None,
    runners: int | None = None,
) -> Outcome:
    """Autograde the submissions of an exercise: of everybody, or of `people`.

    `config` is that of the course root. Gradebook and folders are as `nbgrader autograde` leaves them. Who is
    autograded and has changed nothing since is left alone, unless `again`. The checks of those who are `behind` are
    run all the same; what people have judged in their work stays, but for the cells in `asked`. Whenever the
    process is killed, each submission is graded as a whole or not yet, and the next run grades the rest. One batch
    runs at a time on a course root; the next one waits. Raises CourseError if the exercise was never generated.
    """
    drafts = Staging(config, exercise)
    wanted = drafts.people() if people is None else sorted(set(people) & set(drafts.people()))
    if not wanted:
        return Outcome()
    url, course = drafts.directory.db_url, drafts.directory.course_id
    with file_lock(drafts.root / ".autograde.lock"):
        drafts.forget()
        try:
            with open_gradebook_writer(url, course, exercise, AssignLatePenalties(config=config)) as ledger:
                batch = _Batch(config, drafts, ledger, progress)
                batch.behind, batch.asked = frozenset(behind), frozenset(asked)
                batch.run(wanted, again=again, runners=runners or os.cpu_count() or 1)
        except MissingEntry:
            raise CourseError(
                f"{exercise} is not ready to be graded. Run: nbgrader generate_assignment {exercise}"
            ) from None
        finally:
            drafts.forget()
    return batch.outcome


class _Batch:
    def __init__(self, config: Config, drafts: Staging, ledger: GradebookWriter, progress: Progress) -> None:
        self.config, self.drafts, self.ledger, self.progress = config, drafts, ledger, progress
        self.outcome = Outcome()
        self._ordinary = _ordinary(config, drafts)
        self._limit = LimitOutput(config=config)
        executor: Any = ExecuteStoredCells
        self._executor: ExecuteStoredCells = executor(config=config)
        self._answers: dict[ChecksClient, tuple[str, str]] = {}
        self._done = self._of = 0
        self.behind: frozenset[str] = frozenset()
        self.asked: frozenset[str] = frozenset()

    def run(self, people: list[str], *, again: bool, runners: int) -> None:
        """Grade them, those first that are quickly done."""
        known = {} if again else self.ledger.known()
        done = {person for person in people if self._is_done(person, known)}
        todo = [person for person in people if person not in done or person in self.behind]
        self.behind &= done
        self.outcome.unchanged = sorted(set(people) - set(todo))
        self._of = len(todo)
        self.progress(0, self._of)
        others = self._together(deque(todo), [ChecksClient() for _ in range(min(runners, len(todo)))])
        for person in others:
            self._one(person)

    def _is_done(self, person: str, known: dict[str, Any]) -> bool:
        if person not in known or not self.drafts.is_in_place(person):
            return False
        time = self.drafts.time(person)
        return time is None or time == known[person]

    def _together(self, waiting: deque[str], runners: list[ChecksClient]) -> list[str]:
        """Grade what is ordinary, several at once, and return the others."""
        others: list[str] = []
        idle = list(runners)
        try:
            while waiting or self._answers:
                while waiting and idle:
                    person = waiting.popleft()
                    if not self._start(person, idle[-1]):
                        others.append(person)
                    else:
                        idle.pop()
                idle += self._finished()
        finally:
            for runner in runners:
                runner.close()
        return others

    def _start(self, person: str, runner: ChecksClient) -> bool:
        """Have the cells of a submission run; false if there is anything in it but answers."""
        if self._ordinary is None or not self.drafts.is_simple(person):
            return False
        answers = self._ordinary.answers(self.drafts.submitted(person) / f"{self.drafts.exercise}.ipynb")
        if answers is None:
            return False
        runner.start(self._executor.job(self._ordinary.sources, self.drafts.begin(person)))
        self._answers[runner] = (person, answers)
        return True

    def _finished(self) -> list[ChecksClient]:
        """Wait until something has ended, save it, and return whose turn is over."""
        busy = list(self._answers)
        if busy:
            select.select(busy, [], [], min(runner.seconds_left for runner in busy))
        free = []
        for runner in busy:
            if (outputs := runner.outputs()) is not None:
                person, answers = self._answers.pop(runner)
                self._save(person, answers, outputs)
                free.append(runner)
        return free

    def _save(self, person: str, answers: str, outputs: list[list[Output]]) -> None:
        """First the gradebook, then the folder: who is killed between the two does this submission again."""
        assert self._ordinary is not None
        graded = self._ordinary.graded(answers, outputs, self._limit)
        file = self.drafts.draft(person) / f"{self.drafts.exercise}.ipynb"
        file.write_text(graded.text, "utf-8")
        self.drafts.converter.set_permissions(self.drafts.exercise, person)
        time, kept = self.drafts.time(person), person in self.behind
        self.ledger.save(person, time, graded, kept=kept, asked=self.asked)
        self.drafts.put_in_place(person)
        self._count(person)

    def _one(self, person: str) -> None:
        """Let nbgrader's own autograde have one submission."""
        converter, directory = self.drafts.converter, self.drafts.directory
        directory.student_id = person
        with LogCapture(converter.log) as heard:
            result = capture_log(converter)
        self.outcome.remarks += heard.said
        if result["success"]:
            self.drafts.put_in_place(person)
            self._count(person)
        else:
            self.outcome.failed[person] = last_word(result)
            self._count(None)

    def _count(self, person: str | None) -> None:
        if person:
            self.outcome.graded.append(person)
        self._done += 1
        self.progress(self._done, self._of)


def _ordinary(config: Config, drafts: Staging) -> UnmodifiedSubmission | None:
    """The released notebook as nbgrader puts it right, or None if each submission has to go its way."""
    converter, released = drafts.converter, drafts.released()
    ours = config.Autograde.get("autograde_preprocessors") == list(STEPS)
    usual = type(converter).sanitize_preprocessors.default_args[0] == converter.sanitize_preprocessors
    hooks = converter.pre_convert_hook or converter.post_convert_hook
    if not (ours and usual and not hooks and released.is_file()):
        return None
    exporter = NotebookExporter(config=converter.config)
    for step in converter.sanitize_preprocessors:
        exporter.register_preprocessor(step)
    about = {
        "student": "",
        "assignment": drafts.exercise,
        "notebook": drafts.exercise,
        "db_url": drafts.directory.db_url,
    }
    text, _ = exporter.from_filename(str(released), resources={"nbgrader": about})
    return UnmodifiedSubmission(released, nbformat.reads(text, as_version=4))
