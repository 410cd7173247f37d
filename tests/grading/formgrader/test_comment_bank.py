"""Words to start a comment from: the course's own, one for each level, and the next level as a step."""

import pytest

from academy.course import load_course
from academy.errors import CourseError
from academy_grading.formgrader.comment_bank import rubrics

FLAGSHIP = "innovative-workers-education"
OWN = "    comments: [Which one?, A start., Clear to me., Show it.]\n"


def with_comments(course_files, comments):
    """The small course with words beside the levels of its first criterion."""
    file = course_files / "plan" / "exercise.yaml"
    levels = "levels: [Vague., Getting there., Clear., Others could use it.]"
    before = file.read_text("utf-8")
    own = before.replace(
        f"{{id: clarity, label: Clarity, {levels}}}",
        f"id: clarity\n    label: Clarity\n    {levels}\n{comments}",
    )
    assert own != before
    file.write_text(own, "utf-8")
    return load_course(course_files).exercise("plan")


def test_the_courses_own_words_come_first(course_files):
    exercise = with_comments(course_files, OWN)
    clarity, reach = rubrics(exercise, exercise)
    assert [level.comments for level in clarity.levels] == [
        ("Which one?", "A next step: Getting there."),
        ("A start.", "A next step: Clear."),
        ("Clear to me.", "A next step: Others could use it."),
        ("Show it.",),
    ]
    assert reach.levels[3].comments == ("What I see: Those left out.",)


def test_words_are_there_for_each_level_or_for_none(course_files):
    with pytest.raises(CourseError, match="as many comments as there are levels"):
        with_comments(course_files, "    comments: [Only one.]\n")


@pytest.mark.parametrize("language", ["en", "ar"])
def test_each_criterion_of_the_flagship_has_words_of_its_own(language):
    course = load_course(FLAGSHIP, language)
    written = load_course(FLAGSHIP)
    for exercise in course.exercises:
        for criterion, first in zip(exercise.rubric, written.exercise(exercise.id).rubric, strict=True):
            assert len(set(criterion.comments)) == 4, f"{exercise.id}.{criterion.id}"
            assert language == "en" or not set(criterion.comments) & set(first.comments)
