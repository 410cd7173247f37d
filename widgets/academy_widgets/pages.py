"""HTML pages around the forms (home, feedback, cohort), from templates that escape everything."""

from __future__ import annotations

from collections.abc import Container, Mapping
from functools import cache
from typing import Any

import sqlalchemy as sa
from babel.lists import format_list
from IPython.display import HTML
from jinja2 import Environment, PackageLoader, StrictUndefined

from academy.course import Course, Exercise
from academy.course.latest import fault
from academy.deadlines import Extensions, this_week, weeks
from academy.html_language import with_language
from academy.i18n import plural, sentences, translator
from academy.languages import locale_of
from academy.messages import Messages
from academy.passport import changed_since
from academy.peers.board import nudges
from academy.peers.opening import opening
from academy.peers.rounds import Round
from academy.people import Teams
from academy.people.model import LEARNERS, PEOPLE, Person
from academy.progress import Step, next_step, steps
from academy.session import FOR_FACILITATORS, Session, current
from academy.store import Answers, Feedback, Releases
from academy.store.readings import FEEDBACK_READ, REVIEW_READ, Readings, feedback_mark
from academy.store.schema import Enrolment, utc_now
from academy.store.standing import standings
from academy_widgets.dates import when

__all__ = ["cohort_page", "feedback_page", "home_page", "page_html", "warm"]


@cache
def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("academy_widgets"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    made.tests["lettered"] = lambda text: any(sign.isalpha() for sign in text)
    return made


def warm() -> None:
    """Compile the templates."""
    for name in _environment().list_templates():
        _environment().get_template(name)


def render(template: str, session: Session, **values: Any) -> HTML:
    """Fill a template with what a person sees; everything is escaped."""
    filled = _environment().get_template(template)
    html = filled.render(**said_in(session.language), session=session, course=session.course, **values)
    return _html(with_language(html, session.language))


def page_html(template: str, language: str, **values: Any) -> HTML:
    """Fill a template that needs no session: an author sees it too."""
    filled = _environment().get_template(template)
    return _html(with_language(filled.render(**said_in(language), **values), language))


def said_in(language: str) -> dict[str, Any]:
    """How a template says things: `_` a sentence, `_n` one about a number."""
    return {"_": sentences(language), "_n": plural(language)}


def _html(text: str) -> HTML:
    return HTML(text)  # type: ignore[no-untyped-call]


def nobody() -> HTML:
    """Return what an author sees who is not signed in."""
    return _html("<p>Nobody is signed in here: open this page in the app to see it with your own work.</p>")


def home_page() -> HTML:
    """Return the course, where the person is in it, and what is next."""
    session = current()
    if session is None:
        return nobody()
    found = steps(session.store, session.course, session.person_id, session.team)
    by_id = {step.exercise.id: step for step in found}
    now = utc_now()
    owners = (session.person_id, *([session.team.id] if session.team else []))
    more = Extensions(session.store, session.course).of(*owners)
    calendar = weeks(session.course, found, now, more)
    unread = {name for owner, name in _readings(session).new_feedback(*owners) if name in by_id}
    new = [by_id[e.id] for e in session.course.exercises if e.id in unread and by_id[e.id].page]
    return render(
        "home.html",
        session,
        steps=by_id,
        next=_next(found, unread),
        new=new,
        reviews=_new_reviews(session, by_id),
        fault=fault(session.course.folder) if session.role == "facilitator" else "",
        unread=unread,
        others=_others(session),
        nudges=_nudges(session),
        messages=_messages(session),
        weeks={week.module.id: week for week in calendar},
        week=this_week(calendar, now),
        again=_again(session),
        zone=session.time_zone or "UTC",
        calendar="../../calendar.ics",  # from /voila/render/home.ipynb, whatever the base is
        says=_states(session),
        when=lambda at: when(at, session.language, session.time_zone),
    )


def _readings(session: Session) -> Readings:
    return Readings(session.store, session.course.edition, session.person_id)


def _next(found: list[Step], unread: Container[str]) -> Step | None:
    """What to go on with; feedback that was read already is none of it."""
    step = next_step(found)
    if step is None or step.state != "feedback":
        return step
    return next((each for each in found if each.state == "feedback" and each.exercise.id in unread), None)


def _new_reviews(session: Session, by_id: Mapping[str, Step]) -> list[dict[str, Any]]:
    """Rounds in which reviews of the person's work can be read that they have not read yet."""
    found: list[dict[str, Any]] = []
    read = _readings(session).read(REVIEW_READ)
    for exercise in session.course.exercises:
        step = by_id.get(exercise.id)
        if exercise.review is None or step is None or not step.page:
            continue
        judged = session.course.exercise(exercise.review.of)
        round_ = Round(session.store, session.course, exercise)
        owner = session.owner(judged)
        fresh = [task for task in round_.received(owner) if task.key not in read]
        if fresh and opening(round_, owner).state in ("open", "few"):
            found.append({"round": exercise.id, "title": judged.title, "page": step.page, "n": len(fresh)})
    return found


def _again(session: Session) -> str:
    """The titles of exercises that build on something that has changed since."""
    found = (
        exercise.title
        for exercise in session.course.exercises
        if changed_since(session.store, session.course, session.person_id, exercise)
    )
    return ", ".join(found)


def _nudges(session: Session) -> list[str]:
    """Where facilitators remind the person kindly that somebody waits for a review."""
    gettext = translator(session.language)
    plain = gettext("A colleague waits for your review.")
    rounds = [Round(session.store, session.course, e) for e in session.course.exercises if e.review]
    return [note or plain for round_ in rounds for note in nudges(round_, session.person_id)]


def _messages(session: Session) -> list[dict[str, str]]:
    """What facilitators say to everybody or to this person, in the language that fits best."""
    said = []
    course = session.course
    found = Messages(session.store, course.edition).to(session.person_id)
    names = _names(session, {message.by for message in found})
    for message in found:
        language, text = message.text((session.language, course.default_language, *course.languages))
        at = when(message.at, session.language, session.time_zone)
        said.append({"language": language, "text": text, "by": names.get(message.by, ""), "at": at})
    return said


def _names(session: Session, ids: set[str]) -> dict[str, str]:
    with session.store.session() as db:
        found = db.execute(
            sa.select(Enrolment.person_id, Enrolment.display_name).where(
                Enrolment.edition == session.course.edition, Enrolment.person_id.in_(ids)
            )
        )
        return {row[0]: row[1] for row in found}


def _others(session: Session) -> str:
    """The names of the others in the person's team."""
    members = session.team.members if session.team else ()
    names = [member.display_name for member in members if member.id != session.person_id]
    return format_list(names, locale=locale_of(session.language))


def _states(session: Session) -> dict[str, str]:
    gettext = translator(session.language)
    return {
        "closed": gettext("Not open yet"),
        "open": gettext("Open: you can start"),
        "started": gettext("Begun, not submitted"),
        "submitted": gettext("Submitted"),
        "feedback": gettext("Feedback is here"),
    }


def feedback_page(exercise_id: str) -> HTML:
    """Return the newest feedback on an exercise: checks in words, rubric levels, the facilitator's comments."""
    session = current()
    if session is None:
        return nobody()
    exercise = session.course.exercise(exercise_id)
    owner = session.owner(exercise)
    row = Feedback(session.store, session.course.edition).latest(owner, exercise_id)
    if row is None:
        return render("feedback_waits.html", session, exercise=exercise)
    latest = len(Answers(session.store, session.course.edition).submissions(exercise_id, owner))
    return render(
        "feedback.html",
        session,
        exercise=exercise,
        row=row,
        checks=_checks(exercise, row.document),
        criteria=_criteria(exercise, row.document, translator(session.language)),
        comments=[
            item["text"] for item in row.document.get("comments", []) if str(item.get("text", "")).strip()
        ],
        latest=latest,
        new=_readings(session).read(FEEDBACK_READ).get(exercise_id, 0) < row.id,
        mark=feedback_mark(row.id),
        when=when(row.at, session.language, session.time_zone),
    )


def _checks(exercise: Exercise, document: dict[str, Any]) -> list[dict[str, Any]]:
    """The checks of the document, in the reader's language where the exercise still has them."""
    said = {check.id: check for check in exercise.checks}
    checks = []
    for item in document.get("checks", []):
        check = said.get(item["id"])
        checks.append(
            {
                "title": check.title if check else item.get("title", item["id"]),
                "hint": check.hint if check else item.get("hint", ""),
                "earned": item["earned"] or 0,
                "points": item["points"],
                "passed": (item["earned"] or 0) >= item["points"],
            }
        )
    return checks


def _criteria(exercise: Exercise, document: dict[str, Any], gettext: Any) -> list[dict[str, Any]]:
    """The rubric of the document: the level reached and, between two levels, both."""
    said = {criterion.id: criterion for criterion in exercise.rubric}
    criteria = []
    for item in document.get("rubric", []):
        criterion, score = said.get(item["id"]), item["score"]
        if criterion is None:
            continue
        level = int(score) if score is not None else 0
        criteria.append(
            {
                "label": criterion.label,
                "level": level,
                "name": level_names(gettext)[level] if level <= 4 else "",
                "text": criterion.levels[level - 1] if 1 <= level <= 4 else "",
                "next": criterion.levels[level] if level < 4 else "",
                "score": score,
                "points": item["points"],
                "comment": str(item.get("comment") or "").strip(),
            }
        )
    return criteria


def level_names(gettext: Any) -> list[str]:
    """Names of the rubric's levels, from 0 (not there yet) to 4."""
    return [
        gettext("not there yet"),
        gettext("starting"),
        gettext("developing"),
        gettext("solid"),
        gettext("ready to share"),
    ]


def cohort_page() -> HTML:
    """Return the facilitator's view: who is where. Nothing for anybody else."""
    session = current()
    if session is None:
        return nobody()
    if session.role != "facilitator":
        gettext = translator(session.language)
        return _html(f"<p>{gettext(FOR_FACILITATORS)}</p>")
    with session.store.session() as db:
        there = db.execute(PEOPLE.order_by(Enrolment.display_name), {"edition": session.course.edition})
        people = [person for row in there if (person := Person.of(row)).active and person.role in LEARNERS]
    known = standings(session.store, session.course.edition)
    opened = {release.exercise for release in Releases(session.store, session.course.edition).all()}
    teams = {
        member.id: team
        for team in Teams(session.store, session.course.edition).all()
        for member in team.members
    }
    rows = [
        (person, steps(session.store, session.course, person.id, teams.get(person.id), known, opened))
        for person in people
    ]
    return render(
        "cohort.html",
        session,
        rows=rows,
        exercises=session.course.exercises,
        counts=_counts(session.course, rows),
        says=_states_of_others(session),
    )


def _states_of_others(session: Session) -> dict[str, str]:
    gettext = translator(session.language)
    return {
        "closed": gettext("Not open yet"),
        "open": gettext("Not begun"),
        "started": gettext("Begun, not submitted"),
        "submitted": gettext("Waits for feedback"),
        "feedback": gettext("Has feedback"),
        "again": gettext("Submitted again since the feedback"),
        "done": gettext("Done, for the person alone"),
    }


def _counts(course: Course, rows: list[tuple[Person, Any]]) -> list[dict[str, Any]]:
    """How many people reached each state, exercise by exercise."""
    reached = {
        "started": ("started", "submitted", "feedback"),
        "submitted": ("submitted", "feedback"),
        "feedback": ("feedback",),
    }
    counts = []
    for place, exercise in enumerate(course.exercises):
        states = [found[place].state for _person, found in rows]
        row: dict[str, Any] = {"exercise": exercise.title}
        counts.append(row | {name: sum(s in which for s in states) for name, which in reached.items()})
    return counts
