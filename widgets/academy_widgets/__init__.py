"""Widgets and pages: the exercise form, peer review, the passport, what facilitators see."""

from typing import Any

__all__ = [
    "beside",
    "cohort",
    "exercise",
    "facilitator_desk",
    "feedback",
    "grading",
    "home",
    "live",
    "passport",
    "play",
    "review_rounds",
    "reviews",
    "thread",
]


def exercise(exercise_id: str) -> Any:
    """Return the form of an exercise, with the answers of the person at the page."""
    from academy_widgets.forms.form import ExerciseForm

    return ExerciseForm.for_current(exercise_id)


def feedback(exercise_id: str) -> Any:
    """Return the feedback that was released to the person at the page."""
    from academy_widgets.pages import feedback_page

    return feedback_page(exercise_id)


def reviews(round_id: str) -> None:
    """Show a round of peer review: what the person at the page reviews, and what came back."""
    from IPython.display import display

    from academy_widgets.peer_review.page import review_parts

    for part in review_parts(round_id):
        display(part)  # type: ignore[no-untyped-call]


def review_rounds(reliability: bool = False) -> None:
    """Show the facilitator's boards of peer review; with `reliability` also estimates about reviewers."""
    from IPython.display import display

    from academy_widgets.peer_review.board import board_parts

    for part in board_parts(reliability):
        display(part)  # type: ignore[no-untyped-call]


def play(exercise_id: str = "sample-unit") -> Any:
    """Return a player that shows the sample unit of the person at the page as a learner meets it."""
    from academy_widgets.player import Player

    return Player.for_current(exercise_id)


def home() -> Any:
    """Return the course at a glance: where I am and what is next."""
    from academy_widgets.pages import home_page

    return home_page()


def passport() -> Any:
    """Return the passport of the person at the page."""
    from academy_widgets.passport_page import passport_page

    return passport_page()


def thread() -> Any:
    """Return the golden thread of the person at the page, and each link that is missing."""
    from academy_widgets.passport_page import thread_page

    return thread_page()


def live(webinar_id: str, activity_id: str | None = None) -> Any:
    """Return the live part of a page: a webinar, or one activity of it, live with the room or in one's own time."""
    from academy_widgets.live_page import live_page

    return live_page(webinar_id, activity_id)


def beside(activity_id: str, column: str | None = None) -> Any:
    """Return the room's ranking beside one's own; `column` names a column of one's work to look at as well."""
    from academy_widgets.live_page import beside_page

    return beside_page(activity_id, column)


def cohort(activity_id: str | None = None) -> Any:
    """Return the facilitator's view of the cohort, or what the room answered to an activity as a pandas table.

    Counts about few people are not in the table.
    """
    if activity_id is not None:
        from academy_widgets.live_page import room_table

        return room_table(activity_id)
    from academy_widgets.pages import cohort_page

    return cohort_page()


def facilitator_desk() -> Any:
    """Return the facilitators' desk: who is where, what waits, messages, pictures of the cohort."""
    from academy_widgets.facilitator.desk_widget import FacilitatorDesk

    return FacilitatorDesk.for_current()


def grading() -> Any:
    """Return the page on which facilitators grade by hand."""
    from academy_widgets.facilitator.grade_page import GradePage

    return GradePage.for_current()
