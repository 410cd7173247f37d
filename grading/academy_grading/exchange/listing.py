"""`nbgrader list`: what is open in the app, and what was submitted."""

from __future__ import annotations

import fnmatch
from pathlib import Path
from typing import Any

from nbgrader.exchange.abc import ExchangeList

from academy.store import Answers, Feedback, Releases, Submission
from academy_grading.exchange.base import StoreExchange, said_time
from academy_grading.exchange.collect import submission_number

__all__ = ["List"]


class List(StoreExchange, ExchangeList):
    """List open exercises, or with `--inbound` all submissions. `--remove` closes exercises; answers always stay."""

    def copy_files(self) -> None:
        """Nothing is copied."""

    def list_files(self) -> list[dict[str, Any]]:
        """Return and log what there is, in the form nbgrader's own list has."""
        if self.cached:
            return []
        if self.inbound:
            return self._submissions()
        released = self._released()
        self.log.info("Open in the app:" if released else "No exercise is open in the app.")
        for item in released:
            self.log.info("%s %s", item["course_id"], item["assignment_id"])
        return released

    def remove_files(self) -> list[dict[str, Any]]:
        """Close exercises in the app."""
        if self.inbound or self.cached:
            self.fail("Submissions are kept: nothing was removed.")
        released = self._released()
        for item in released:
            Releases(self.store, self.course_id).withdraw(item["assignment_id"])
            item["status"] = "removed"
            self.log.info("%s is closed now. The answers given so far are kept.", item["assignment_id"])
        return released

    def _released(self) -> list[dict[str, Any]]:
        names = [release.exercise for release in Releases(self.store, self.course_id).all()]
        return [self._assignment(name) for name in names if self._asked_for(name)]

    def _asked_for(self, exercise: str) -> bool:
        return fnmatch.fnmatchcase(exercise, self.exercise_id or "*")

    def _assignment(self, exercise: str) -> dict[str, Any]:
        path = self.coursedir.format_path(self.coursedir.release_directory, ".", exercise)
        return {
            "course_id": self.course_id,
            "assignment_id": exercise,
            "status": "released",
            "path": path,
            "notebooks": [{"notebook_id": exercise, "path": f"{path}/{exercise}.ipynb"}],
        }

    def _submissions(self) -> list[dict[str, Any]]:
        answers, found = Answers(self.store, self.course_id), []
        for exercise in self.course.exercises:
            if exercise.private or not self._asked_for(exercise.id):
                continue
            by_person: dict[str, list[Submission]] = {}
            for item in answers.submissions(exercise.id):
                if self.wants(item.person_id):
                    by_person.setdefault(item.person_id, []).append(item)
            found += [self._inbound(person, items) for person, items in sorted(by_person.items())]
        self.log.info("Submitted in the app:" if found else "Nothing was submitted in the app yet.")
        for entry in found:
            for info in entry["submissions"]:
                self.log.info("%s", info["said"])
        return found

    def _inbound(self, person: str, items: list[Submission]) -> dict[str, Any]:
        exercise = items[0].exercise
        feedback = Feedback(self.store, self.course_id).latest(person, exercise)
        place = self.coursedir.format_path(self.coursedir.submitted_directory, person, exercise)
        submissions = []
        for item in items:
            judged = feedback is not None and feedback.submission >= item.number
            submissions.append(self._submission(item, place, judged=judged))
        return {
            "course_id": self.course_id,
            "student_id": person,
            "assignment_id": exercise,
            "status": "submitted",
            "submissions": submissions,
        }

    def _submission(self, item: Submission, place: str, *, judged: bool) -> dict[str, Any]:
        collected = self._collected(item, place)
        state = "feedback released" if judged else "collected" if collected else "not collected yet"
        time = said_time(item.at)
        return {
            "course_id": self.course_id,
            "student_id": item.person_id,
            "assignment_id": item.exercise,
            "timestamp": time,
            "status": "submitted",
            "path": place,
            "notebooks": [],
            "has_exchange_feedback": judged,
            "has_local_feedback": False,
            "feedback_updated": False,
            "local_feedback_path": None,
            "said": f"{self.course_id} {item.person_id} {item.exercise} {time} ({state})",
        }

    def _collected(self, item: Submission, place: str) -> bool:
        return submission_number(Path(place)) == item.number
