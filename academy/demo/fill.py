"""Fills a course with invented people and passports; the same seed gives the same data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

from academy.course import Course, Exercise, problems
from academy.course.files.yaml_files import read_yaml
from academy.course.load import load_course
from academy.demo.answers import answers_to, some_of, story_of, tells, varied
from academy.demo.reviews import review_each_other
from academy.errors import PeopleError
from academy.people import People, Person
from academy.store import Answers, Store
from academy.store.values import Edit
from academy.work import work_of

__all__ = ["MOST", "Demo", "fill"]

MOST = 200
STAGES = (1.0, 0.45, 0.75, 0.2, 0.9, 0.35, 0.6, 0.05, 1.0, 0.0, 0.5, 0.3)
"""How far people are, in turn: the share of the course's exercises. The first has done everything."""
HALF = (0.3, 0.5, 0.8)
DAYS = 24
"""So long ago the first answers were written."""


@dataclass(frozen=True)
class Demo:
    """What was made."""

    participants: list[Person]
    mentors: list[Person]
    submissions: int
    cast: dict[str, dict[str, Any]]
    """Who was invented there, by a participant's id: a person of people.yaml."""


def fill(store: Store, people: People, course: Course, *, participants: int = 12, seed: int = 1) -> Demo:
    """Add invented participants with their answers and submissions, and mentors, to a course.

    Raises PeopleError for a number of participants that makes no sense.
    """
    if not 1 <= participants <= MOST:
        raise PeopleError(f"Choose from 1 to {MOST} participants, not {participants}.")
    cast = read_yaml(Path(__file__).with_name("people.yaml"))
    chance = Random(seed)  # noqa: S311 - nothing secret: the same seed must give the same people
    first, *others = cast["people"]
    chance.shuffle(others)
    courses = {language: load_course(course.folder, language) for language in course.languages}
    chosen = [[first, *others][n % len(cast["people"])] for n in range(participants)]
    stages = _stages(chosen, courses, course.default_language)
    added, count = [], 0
    for n, given in enumerate(chosen):
        language = given["language"] if given["language"] in courses else course.default_language
        person = _add(people, given, language)
        added.append(person)
        story = story_of(given, language)
        writer = _Writer(store, courses[language], person, story, Random(f"{seed}/{n}"))  # noqa: S311
        count += writer.write(stages[n], exact=n == 0)
    told = {person.id: given for person, given in zip(added, chosen, strict=True)}
    review_each_other(store, course, added, told)
    mentors = [people.add(name, role="mentor").person for name in cast["mentors"][: 1 + participants // 12]]
    return Demo(added, mentors, count, told)


def _stages(chosen: list[dict[str, Any]], courses: dict[str, Course], default: str) -> list[float]:
    """Say how far each is: farthest is whose story is told to its end, first one in each language."""
    stages = [STAGES[n % len(STAGES)] for n in range(len(chosen))]
    whole: list[bool] = []
    for given in chosen:
        course = courses.get(given["language"], courses[default])
        own = [exercise for exercise in course.exercises if not exercise.review]
        story = story_of(given, course.language)
        whole.append(all(tells(exercise, story, course.language) for exercise in own))
    languages = [given["language"] for given in chosen]
    places = sorted(range(1, len(chosen)), key=lambda n: (not whole[n], languages[n] in languages[:n], n))
    for n, stage in zip(places, sorted(stages[1:], reverse=True), strict=True):
        stages[n] = stage
    return stages


def _add(people: People, given: dict[str, str], language: str) -> Person:
    return people.add(given["name"], language=language).person


class _Writer:
    """Writes one person's answers, as the form would."""

    def __init__(
        self, store: Store, course: Course, person: Person, story: dict[str, object], chance: Random
    ) -> None:
        self.store, self.course, self.person, self.story, self.chance = store, course, person, story, chance
        self.answers = Answers(store, course.edition)
        self.later = timedelta(days=7 * chance.randrange(5))

    def write(self, stage: float, *, exact: bool) -> int:
        """Answer the first exercises of the course and begin the next; return how many were submitted.

        Exercises that the person's story does not tell stay empty: nobody speaks with another's words.
        """
        named = [self.course.exercise(e) for module in self.course.modules for e in module.exercises]
        order = [exercise for exercise in named if not exercise.review]
        done = round(len(order) * stage)
        submitted = 0
        for n, exercise in enumerate(order[: done + 1] if stage else []):
            if not tells(exercise, self.story, self.course.language):
                continue
            flat = answers_to(exercise, self.story, self.course.language)
            if not exact:
                flat = varied(exercise, flat, self.chance, self.later)
            finished = n < done
            if not finished:
                flat = some_of(exercise, flat, self.chance.choice(HALF))
            self._save(exercise, flat, ago=timedelta(days=DAYS * (1 - n / len(order))))
            if finished and self._submit(exercise, flat):
                submitted += 1
        return submitted

    def _save(self, exercise: Exercise, flat: dict[str, object], ago: timedelta) -> None:
        age = int(ago / timedelta(milliseconds=1))
        edits = [
            Edit(f"demo{n:04d}-{exercise.id}"[:64], path, value, age_ms=age)
            for n, (path, value) in enumerate(flat.items())
        ]
        self.answers.save(self.person.id, exercise.id, edits, device="demo")

    def _submit(self, exercise: Exercise, flat: dict[str, object]) -> bool:
        if problems(exercise, flat, work_of(self.store, self.course, self.person.id)):
            return False
        self.answers.submit(
            self.person.id,
            exercise.id,
            f"demo-submission-{exercise.id}"[:64],
            exercise.version,
            self.course.language,
        )
        return True
