"""Generates reviews between invented people, through the same rounds as real ones."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from academy.course import Course, Exercise
from academy.course.examples import example_of
from academy.course.files.yaml_files import read_yaml
from academy.course.load import load_course
from academy.demo.answers import stories
from academy.peers.forms import REVIEWS
from academy.peers.round_records import ReviewTask
from academy.peers.rounds import Round
from academy.people import Person
from academy.store import Answers, Edit, Releases, Store

__all__ = ["review_each_other", "words_for"]

Given = Mapping[str, Any]
Said = dict[str, Any]


def review_each_other(store: Store, course: Course, people: list[Person], cast: Mapping[str, Given]) -> int:
    """Let everybody who handed in work review others' in the rounds that are open; return how many reviews came.

    `cast` says by a person's id who was invented there: their story and languages. Work in a language that somebody
    does not read is given back, and so is work about which nothing has been invented.
    """
    opened = {release.exercise for release in Releases(store, course.edition).all()}
    rounds = [exercise for exercise in course.exercises if exercise.review and exercise.id in opened]
    courses = {language: load_course(course.folder, language) for language in course.languages}
    return sum(_Reviews(store, courses, course, each, cast).write(people) for each in rounds)


def words_for(
    round_: Exercise, author: Given, reviewer: Given, language: str
) -> tuple[list[Said], list[Said]]:
    """Return what can be said of an author's work in a language, and what is added by who says it."""
    invented = read_yaml(Path(__file__).with_name("reviews.yaml")).get(round_.id, {"worked": True})
    theirs, own = author["story"], reviewer["story"]
    about = list(invented.get("of", {}).get(theirs, {}).get(language, []))
    if invented.get("worked") and stories()[theirs].get("worked"):
        about = [*example_of(round_, language).get(REVIEWS, [])[:1], *about]
    alike = invented.get("alike", {}).get(theirs) if theirs == own else None
    added = (alike or invented.get("by", {}).get(own, {})).get(language, [])
    return about, list(added)


class _Reviews:
    """The reviews of one round."""

    def __init__(
        self,
        store: Store,
        courses: Mapping[str, Course],
        course: Course,
        exercise: Exercise,
        cast: Mapping[str, Given],
    ) -> None:
        self.courses, self.course, self.exercise, self.cast = courses, course, exercise, cast
        self.round, self.answers = Round(store, course, exercise), Answers(store, course.edition)
        self.used: Counter[tuple[Any, ...]] = Counter()

    def write(self, people: list[Person]) -> int:
        pool, given = self.round.pool(), 0
        for place, person in enumerate(people):
            if person.id not in pool:
                continue
            rows: list[str] = []
            for _ in range(self.round.review.give - place % 2):  # every second one stops after the first
                if (task := self._readable(person.id)) is None:
                    break
                rows.append(task.row)
                self._review(person.id, task, rows)
                given += 1
        return given

    def _readable(self, reviewer: str) -> ReviewTask | None:
        """The next work that somebody can read and has something to say about, or None if there is none."""
        seen: set[str] = set()
        while (task := self.round.next_for(reviewer)) is not None:
            if self._said(task, reviewer)[0]:
                return task
            self.round.give_back(reviewer, task.key)
            if task.author in seen:  # what was given back comes again when there is nothing else
                return None
            seen.add(task.author)
        return None

    def _said(self, task: ReviewTask, reviewer: str) -> tuple[list[Said], list[Said]]:
        author, mine = self.cast.get(task.author), self.cast.get(reviewer)
        if author is None or mine is None or self._language(author) not in mine["languages"]:
            return [], []
        language = self._language(author)
        return words_for(self.courses[language].exercise(self.exercise.id), author, mine, language)

    def _language(self, given: Given) -> str:
        return given["language"] if given["language"] in self.courses else self.course.default_language

    def _review(self, reviewer: str, task: ReviewTask, rows: list[str]) -> None:
        about, added = self._said(task, reviewer)
        said = self._fresh(about, "of", task.author) | self._fresh(added or [{}], "by", reviewer)
        cells = {f"{REVIEWS}/{task.row}/{name}": value for name, value in said.items() if name != "_id"}
        edits = [Edit(secrets.token_urlsafe(12), path, value) for path, value in cells.items()]
        edits.append(Edit(secrets.token_urlsafe(12), REVIEWS, rows))
        saved = self.answers.save(reviewer, self.exercise.id, edits, device="demo")
        self.round.finish(reviewer, task.key, saved.rev)
        self.answers.submit(reviewer, self.exercise.id, secrets.token_urlsafe(12), self.exercise.version)

    def _fresh(self, said: list[Said], *whose: str) -> Said:
        """What was said least about this author, or by this reviewer, and then least in all."""
        place = min(range(len(said)), key=lambda n: (self.used[(*whose, n)], self.used[(whose[0], n)]))
        self.used.update([(*whose, place), (whose[0], place)])
        return said[place]
