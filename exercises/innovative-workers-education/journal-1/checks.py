"""Nothing is checked in a journal; the answers on confidence are drawn."""

from __future__ import annotations

from typing import Any

from academy.course import Exercise, Work, picture
from academy.pictures import Area, Picture, profile

FIRST = "journal-1"
AIMS = ("design", "translate", "include", "improve", "connect", "multiply", "network")
LARGE = 5


@picture("confidence")
def confidence(answers: dict[str, Any], exercise: Exercise, work: Work) -> Picture | None:
    """Today's confidence in each aim; from another week also that of the first, and what has moved."""
    now = {aim: answers[f"conf_{aim}"] for aim in AIMS}
    if not any(now.values()):
        return None
    said = exercise.texts
    before = {} if exercise.id == FIRST else {aim: work[FIRST].get(f"conf_{aim}") for aim in AIMS}
    both = [(before[aim], now[aim]) for aim in AIMS if before.get(aim) and now[aim]]
    head, rows = [said["aim"], said["now"]], [[said[aim], now[aim]] for aim in AIMS]
    sentence = said["start"]
    if both:
        head, rows = [said["aim"], said["first"], said["now"]], [[said[a], before[a], now[a]] for a in AIMS]
        up, down = sum(b < n for b, n in both), sum(b > n for b, n in both)
        sentence = said["moved"].format(up=up, same=len(both) - up - down, down=down)
    return profile(
        [Area(_name(said[a], before.get(a), said["before"]), now[a]) for a in AIMS],
        ends=(said["low"], said["high"]),
        most=LARGE,
        sentence=sentence,
        head=head,
        rows=rows,
        language=exercise.language,
    )


def _name(aim: str, before: int | None, words: str) -> str:
    return words.format(aim=aim, n=before) if before else aim
