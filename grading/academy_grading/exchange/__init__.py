"""nbgrader exchange on the course store: what is released, submitted and fed back lives where the app keeps it."""

from academy_grading.exchange.base import StoreExchange
from academy_grading.exchange.collect import Collect
from academy_grading.exchange.fetch_feedback import FetchFeedback
from academy_grading.exchange.listing import List
from academy_grading.exchange.participants import FetchAssignment, Submit
from academy_grading.exchange.release_assignment import ReleaseAssignment
from academy_grading.exchange.release_feedback import ReleaseFeedback

__all__ = [
    "Collect",
    "FetchAssignment",
    "FetchFeedback",
    "List",
    "ReleaseAssignment",
    "ReleaseFeedback",
    "StoreExchange",
    "Submit",
]
