"""`nbgrader release_assignment`: open an exercise in the app."""

from __future__ import annotations

from nbgrader.exchange.abc import ExchangeReleaseAssignment

from academy.store import Releases
from academy_grading.exchange.base import StoreExchange

__all__ = ["ReleaseAssignment"]


class ReleaseAssignment(StoreExchange, ExchangeReleaseAssignment):
    """Open the exercise for participants. Doing it again changes nothing."""

    def init_src(self) -> None:
        """Grading needs the released notebook, so there must be one before anybody submits."""
        self.released_notebook()

    def copy_files(self) -> None:
        """Write the release to the store."""
        exercise = self.exercise
        if Releases(self.store, self.course_id).release(exercise.id):
            self.log.info("%s is open now: participants see it in the app.", exercise.id)
        else:
            self.log.info("%s was open already. Nothing was changed.", exercise.id)
