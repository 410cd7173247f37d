"""A round that names what is not there is told before anybody reviews."""

import pytest

from academy.course.lint.whole import lint_course
from academy.errors import CourseError


def told(folder):
    try:
        return [
            f"{finding.path}: {finding.text}"
            for finding in lint_course(folder)
            if finding.path.partition(".")[0] in ("review", "fields", "personal") and finding.level == "error"
        ]
    except CourseError as error:
        return [str(error)]


def test_a_round_that_holds_together_has_no_fault(course_folder):
    assert told(course_folder) == []


def test_nobody_is_asked_to_read_what_is_private(course_folder):
    file = course_folder / "idea" / "exercise.yaml"
    file.write_text(file.read_text("utf-8") + "private: true\n", "utf-8")
    assert [line.partition(": idea is private")[0] for line in told(course_folder)] == [
        "review.of",
        "review.shows",
    ]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("of: idea", "of: ideal", "review.of: there is no exercise ideal"),
        ("shows: [idea]", "shows: [idea.that]", "review.shows: there is no exercise or field idea.that"),
        ("wishes: [wish]", "wishes: [wishes]", "review.wishes: there is no column wishes"),
        ("wishes: [wish]", "questions: [wishes]", "review.questions: there is no column wishes"),
        ("wishes: [wish]", "wishes: [wish]\n  questions: [wish]", "review.questions: wish is a wish too"),
        ("levels: [level]", "levels: [levels]", "review.levels: there is no column levels"),
        ("give: 2", "follows: idea", "review.follows: idea is no round"),
        ("personal: true", "personal: false", "personal: a review is written by a person, also in teams"),
        ("- id: reviews", "- id: notes", "fields: a round has one field, the table reviews"),
        (
            "fields:\n",
            "fields:\n  - {id: more, type: line, label: More}\n",
            "fields: a round has one field, the table reviews",
        ),
    ],
)
def test_what_is_not_there_is_named(course_folder, old, new, said):
    file = course_folder / "idea-reviews" / "exercise.yaml"
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")
    assert any(line.startswith(said) for line in told(course_folder)), told(course_folder)
