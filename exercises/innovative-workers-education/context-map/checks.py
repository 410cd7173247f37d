"""What a context map should have: 5 points for presence, 10 for coherence, 5 for access and ethics."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from academy.course import Exercise, Finding, check
from academy.course.writing import leftover, personal_data, plain, uses
from academy.words import count_words

Answers = dict[str, Any]
Row = dict[str, Any]

ROWS = 5
WORDS = (150, 900)
DRIVERS = 4
TEXTS = ("change", "who", "evidence", "need")
COLUMNS = ("driver", *TEXTS, "kind", "effect", "urgency", "power", "direction")


# Presence


@check(
    "complete-rows",
    points=3,
    title="At least five complete rows",
    hint="Which row still waits for an answer?",
    fields=["map"],
    asks=False,
)
def complete_rows(answers: Answers) -> Finding:
    rows = answers["map"]
    gaps = [_path(row, column) for row in rows for column in COLUMNS if row[column] in (None, [])]
    unfinished = {path.split("/")[1] for path in gaps}
    return Finding((len(rows) - len(unfinished)) / max(ROWS, len(rows)), gaps)


@check(
    "enough-words",
    points=2,
    title="Enough to read, and not too much",
    hint="Could a colleague from another union follow your rows, in 150 to 900 words altogether?",
    fields=["map"],
    asks=False,
)
def enough_words(answers: Answers) -> bool:
    least, most = WORDS
    return least <= sum(count_words(text) for _, text in _texts(answers)) <= most


# Coherence


@check(
    "four-drivers",
    points=3,
    title="At least four different drivers",
    hint="Which other changes touch your members?",
    fields=["map"],
)
def four_drivers(answers: Answers) -> float:
    return len(_values(answers, "driver")) / DRIVERS


@check(
    "evidence-kinds",
    points=2,
    title="At least two kinds of evidence",
    hint="What else could show it: a number, a document, what a member told you?",
    fields=["map"],
)
def evidence_kinds(answers: Answers) -> float:
    return len(_values(answers, "kind")) / 2


@check(
    "threat-and-opening",
    points=2,
    title="A threat and an opening",
    hint="Which of these changes threatens you, and which one could your union use?",
    fields=["map"],
)
def threat_and_opening(answers: Answers) -> float:
    return len(_values(answers, "direction")) / 2


@check(
    "need-in-action",
    points=2,
    title="Each learning need says what people will be able to do",
    hint='What will people be able to do that you could see or hear, instead of "know" or "understand"?',
    fields=["map"],
)
def need_in_action(answers: Answers, exercise: Exercise) -> Finding:
    """A need passes unless it says "know" or "understand" and no verb that can be seen or heard."""
    vague, doing = exercise.words["vague_verbs"], exercise.words["doing_verbs"]
    return _each(answers, "need", lambda text: not uses(text, vague) or uses(text, doing))


@check(
    "priorities-show",
    points=1,
    title="The urgency differs, so that priorities show",
    hint="If you could act on only one of these changes this year, which one would wait?",
    fields=["map"],
)
def priorities_show(answers: Answers) -> bool:
    return len(_values(answers, "urgency")) > 1


# Access and ethics


@check(
    "specific-people",
    points=2,
    title="Each row names a group",
    hint="Who exactly is hit first: which work, which place, which age or contract?",
    fields=["map"],
)
def specific_people(answers: Answers, exercise: Exercise) -> Finding:
    general = exercise.words["general_people"]
    return _each(answers, "who", lambda text: leftover(text, general) > 0)


@check(
    "own-words",
    points=1,
    title="Your own words",
    hint="Does a row still hold an example from the help, a stand-in text or a copy of another row?",
    fields=["map"],
)
def own_words(answers: Answers, exercise: Exercise) -> Finding:
    foreign = [*exercise.words["stand_ins"], *exercise.words["help_examples"]]
    texts = list(_texts(answers))
    said = [plain(text) for path, text in texts if path.endswith("/change")]
    strange = [
        path
        for path, text in texts
        if uses(text, foreign)
        or _goes_round(text)
        or (path.endswith("/change") and said.count(plain(text)) > 1)
    ]
    return _all_but(strange, texts)


@check(
    "no-personal-data",
    points=2,
    title="No personal data",
    hint="Is there a telephone number, an e-mail address or an identity number that you could leave out?",
    fields=["map"],
)
def no_personal_data(answers: Answers) -> Finding:
    texts = list(_texts(answers))
    return _all_but([path for path, text in texts if personal_data(text)], texts)


def _path(row: Row, column: str) -> str:
    return f"map/{row['_id']}/{column}"


def _texts(answers: Answers) -> Iterator[tuple[str, str]]:
    """Every text that was written, with its path."""
    return ((_path(row, column), row[column]) for row in answers["map"] for column in TEXTS if row[column])


def _values(answers: Answers, column: str) -> set[Any]:
    return {row[column] for row in answers["map"]} - {None}


def _each(answers: Answers, column: str, good: Any) -> Finding:
    """The share of the texts of a column that are good, and where the others are."""
    texts = [(path, text) for path, text in _texts(answers) if path.endswith(f"/{column}")]
    weak = [path for path, text in texts if not good(text)]
    return Finding((len(texts) - len(weak)) / len(texts) if texts else 0, weak)


def _all_but(strange: list[str], texts: list[tuple[str, str]]) -> Finding:
    """All or nothing: a single strange text loses the points, and so does an empty map."""
    return Finding(bool(texts) and not strange, strange)


def _goes_round(text: str) -> bool:
    """Whether a longer text says the same few words again and again."""
    words = plain(text).split()
    return len(words) >= 8 and len(set(words)) * 5 < len(words) * 2
