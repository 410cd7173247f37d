"""Courses and exercises: content in files, never code in the engine."""

from academy.content import courses_root
from academy.course.answers import blank, nest
from academy.course.checks import Check, CheckResult, Finding, check, computed, picture, run_checks
from academy.course.latest import LatestCourse, load_or_keep
from academy.course.load import load_course
from academy.course.model import Activity, Course, Criterion, Exercise, Field, Module, Option
from academy.course.problems import Problem, problems
from academy.course.webinar import LiveActivity, Webinar
from academy.course.work import Work

__all__ = [
    "Activity",
    "Check",
    "CheckResult",
    "Course",
    "Criterion",
    "Exercise",
    "Field",
    "Finding",
    "LatestCourse",
    "LiveActivity",
    "Module",
    "Option",
    "Problem",
    "Webinar",
    "Work",
    "blank",
    "check",
    "computed",
    "courses_root",
    "load_course",
    "load_or_keep",
    "nest",
    "picture",
    "problems",
    "run_checks",
]
