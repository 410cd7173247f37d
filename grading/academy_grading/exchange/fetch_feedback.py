"""`nbgrader fetch_feedback`: write the feedback that was released."""

from __future__ import annotations

import json
from pathlib import Path

from nbgrader.exchange.abc import ExchangeFetchFeedback

from academy.store import Feedback
from academy_grading.exchange.base import StoreExchange

__all__ = ["FetchFeedback"]


class FetchFeedback(StoreExchange, ExchangeFetchFeedback):
    """Write `<exercise>/feedback/<person>/submission-<number>.json`, the newest for each submission."""

    def copy_files(self) -> None:
        """Write the files."""
        rows = [
            row
            for row in Feedback(self.store, self.course_id).all(self.exercise_id)
            if self.wants(row.person_id)
        ]
        if not rows:
            self.log.warning("No feedback on %s was released yet.", self.exercise_id)
        for row in rows:
            place = Path(self.assignment_dir) / self.exercise_id / "feedback" / row.person_id
            place.mkdir(parents=True, exist_ok=True)
            file = place / f"submission-{row.submission}.json"
            file.write_text(json.dumps(row.document, indent=1, ensure_ascii=False) + "\n", "utf-8")
            self.log.info("Wrote %s", file)
