"""Commands of nbgrader that participants replace by the app: each says so."""

from __future__ import annotations

from nbgrader.exchange.abc import ExchangeFetchAssignment, ExchangeSubmit
from traitlets import Bool

from academy_grading.exchange.base import StoreExchange

__all__ = ["FetchAssignment", "Submit"]


class FetchAssignment(StoreExchange, ExchangeFetchAssignment):
    """There is nothing to fetch."""

    def copy_files(self) -> None:
        """Say where the exercise is."""
        self.fail("Participants open exercises in the app, so there is nothing to fetch here.")


class Submit(StoreExchange, ExchangeSubmit):
    """There is nothing to submit from here."""

    # Each submission has its notebook, as collect writes it: nbgrader need not look for the files one by one.
    strict = Bool(True).tag(config=True)

    def copy_files(self) -> None:
        """Say how submitting works."""
        self.fail(
            "Participants submit in the app, with the button below the form. Then collect with: nbgrader collect "
            f"{self.exercise_id}"
        )
