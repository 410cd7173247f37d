"""`academy grade` and `academy feedback`: a whole class in one step, told in words."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from academy_app.cli.options import DataOption, EditionOption, Opened, opened
from academy_app.cli.words import _
from academy_app.quick_imports import without_grammars

if TYPE_CHECKING:
    from academy.course import Course, Exercise
    from academy_grading.grade import Given, Taken
    from academy_grading.sources.versions import VersionChange

__all__ = ["feedback", "grade", "tell_changes"]

What = Annotated[
    list[str] | None,
    typer.Argument(metavar="EXERCISE…", help="Exercises, or modules for all of theirs.", show_default=False),
]
All = Annotated[bool, typer.Option("--all", help="Every exercise of the course.")]
MOST_NAMED = 12


def grade(
    what: What = None,
    data: DataOption = Path("academy-data"),
    edition: EditionOption = None,
    every: All = False,
    again: Annotated[
        bool, typer.Option("--again", help="Also run the checks of who has changed nothing since.")
    ] = False,
    kernel: Annotated[
        bool,
        typer.Option(
            "--kernel",
            help="Let nbgrader's own kernel run submissions that have somebody else's code in them. It can do all "
            "that you can do on this machine.",
        ),
    ] = False,
) -> None:
    """Collect, run the checks, and say what is left for you.

    It can be stopped at any time and goes on where it was.
    """
    failed = False
    with opened(data, edition) as folder:
        chosen, exercises = _chosen(folder, what or [], every)
        with without_grammars():
            from academy_grading.grade import course_config, grade_exercise

        config = course_config(folder.data, chosen, kernel=kernel)
        for exercise in exercises:
            with _bar(exercise.title) as progress:
                taken = grade_exercise(config, exercise.id, again=again, progress=progress)
            taken.waiting = _still_here(folder, taken.waiting)
            taken.outcome.unchanged = _still_here(folder, taken.outcome.unchanged)
            failed = failed or bool(taken.outcome.failed)
            _tell_taken(folder, exercise, taken)
    if failed:
        raise typer.Exit(1)


def feedback(
    what: What = None,
    data: DataOption = Path("academy-data"),
    edition: EditionOption = None,
    every: All = False,
) -> None:
    """Give feedback in the app to everybody who is graded to the end."""
    with opened(data, edition) as folder:
        chosen, exercises = _chosen(folder, what or [], every)
        with without_grammars():
            from academy_grading.grade import course_config, feedback_exercise

        config = course_config(folder.data, chosen)
        for exercise in exercises:
            with _bar(exercise.title) as progress:
                given = feedback_exercise(config, exercise.id, progress=progress)
            given.waiting, given.missing, given.unchanged = (
                _still_here(folder, each) for each in (given.waiting, given.missing, given.unchanged)
            )
            _tell_given(folder, exercise, given)


def _chosen(folder: Opened, names: list[str], every: bool) -> tuple[Course, list[Exercise]]:
    """The exercises that are meant. Raises CourseError if there is none of such a name."""
    from academy.errors import CourseError
    from academy.store import Answers

    course = folder.course()
    graded = [exercise for exercise in course.exercises if not exercise.private]
    if every == bool(names):
        raise CourseError(_("Say which exercises, or --all for every one that somebody has submitted."))
    if every:
        answers = Answers(folder.store, course.edition)
        found = [exercise for exercise in graded if answers.submissions(exercise.id)]
        if not found:
            raise CourseError(_("Nobody has submitted anything yet."))
        return course, found
    modules = {module.id: set(module.exercises) for module in course.modules}
    meant: set[str] = set()
    for name in names:
        if name not in modules and not course.has(name):
            there = ", ".join([*modules, *(exercise.id for exercise in graded)])
            raise CourseError(
                _("There is no exercise or module {name}. There are: {ids}").format(name=name, ids=there)
            )
        meant |= modules.get(name) or {name}
    whole = {name for name in meant if name in names or name in {exercise.id for exercise in graded}}
    return course, [exercise for exercise in course.exercises if exercise.id in whole]


@contextmanager
def _bar(title: str) -> Iterator[Callable[[int, int], object]]:
    """A line that fills up and says how long it will take, on a terminal."""
    bars: list[Any] = []

    def progress(done: int, of: int) -> None:
        if not sys.stderr.isatty() or not of:
            return
        if not bars:
            bars.append(typer.progressbar(length=of, label=title, file=sys.stderr, show_pos=True).__enter__())
        bars[0].update(done - bars[0].pos)

    try:
        yield progress
    finally:
        for bar in bars:
            bar.__exit__(None, None, None)


def _tell_taken(folder: Opened, exercise: Exercise, taken: Taken) -> None:
    outcome = taken.outcome
    tell_changes(exercise, taken.changes)
    if taken.lost:
        said = _(
            "The gradebook was gone and has been made anew: what was given by hand is not in it. If you have a backup, "
            "put its gradebook.db back in place of this one and grade again."
        )
        typer.echo(f"  {said}")
    if taken.differs:
        typer.echo(
            "  "
            + _("Graded anew, so that everybody is graded by the same version: {n}").format(n=len(taken.anew))
        )
    typer.echo(
        _(
            "{title}: collected {collected}, graded {graded}, as before {unchanged}, not graded {failed}"
        ).format(
            title=exercise.title,
            collected=len(taken.collected),
            graded=len(outcome.graded),
            unchanged=len(outcome.unchanged),
            failed=len(outcome.failed),
        )
    )
    for remark in outcome.remarks:
        typer.echo(f"  {remark}")
    for person, why in outcome.failed.items():
        said = _(
            "{person} could not be graded ({why}). Delete the folder {folder} and grade again: it is collected anew."
        )
        place = f"submitted/{person}/{exercise.id}"
        typer.echo("  " + said.format(person=person, why=why, folder=place))
    if taken.waiting:
        _tell_waiting(folder, taken.waiting)
    elif outcome.graded or outcome.unchanged:
        typer.echo(
            "  "
            + _(
                "Nothing is left to judge by hand. Give the feedback with: academy feedback {exercise}"
            ).format(exercise=exercise.id)
        )
    else:
        typer.echo("  " + _("Nobody has submitted this yet."))


def tell_changes(exercise: Exercise, found: Sequence[VersionChange]) -> None:
    """Say what has changed in an exercise since it was last graded."""
    if not found:
        return
    said = {
        "points": _("the check {name} gives {now:g} points instead of {before:g}"),
        "check": _("the check {name} has changed"),
        "new": _("the check {name} is new"),
        "gone": _("the check {name} is gone"),
        "criterion": _("the criterion {name} has other words"),
        "texts": _("its texts or fields have changed"),
        "kit": _("the kit itself is another version"),
    }
    parts = [said[each.what].format(name=each.name, before=each.before, now=each.now) for each in found]
    typer.echo(
        _("{title} has changed since it was last graded: {changes}.").format(
            title=exercise.title, changes="; ".join(parts)
        )
    )


def _tell_given(folder: Opened, exercise: Exercise, given: Given) -> None:
    typer.echo(
        _("{title}: feedback given {released}, as before {unchanged}").format(
            title=exercise.title, released=len(given.released), unchanged=len(given.unchanged)
        )
    )
    if given.missing:
        typer.echo(
            "  "
            + _("Submitted and not graded yet: {people}. Grade with: academy grade {exercise}").format(
                people=_named(folder, given.missing), exercise=exercise.id
            )
        )
    if given.waiting:
        _tell_waiting(folder, given.waiting)


def _tell_waiting(folder: Opened, people: list[str]) -> None:
    typer.echo(
        "  "
        + _("Wanting your judgement: {n}. Open them with: academy lab ({people})").format(
            n=len(people), people=_named(folder, people)
        )
    )


def _still_here(folder: Opened, people: list[str]) -> list[str]:
    """Without those who have left: nobody waits for their points."""
    from academy.people.leaving import who_left

    left = who_left(folder.store, folder.edition)
    return [person for person in people if person not in left]


def _named(folder: Opened, people: list[str]) -> str:
    """Some people, and how many more: by their ids, unless names are shown to graders."""
    from academy.store import EditionSettings
    from academy_grading.grades.names import SHOW_NAMES, name_of

    names = people[:MOST_NAMED]
    if EditionSettings(folder.store, folder.edition).get(SHOW_NAMES, False):
        names = [
            f"{name_of(folder.store, folder.edition, person) or ''} {person}".strip() for person in names
        ]
    shown, more = ", ".join(names), len(people) - MOST_NAMED
    return shown if more <= 0 else _("{people} and {n} more").format(people=shown, n=more)
