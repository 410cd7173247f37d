"""The live part of a page: the activities of a webinar, and the room's answers as data."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from IPython.display import HTML

from academy.course import Course, LiveActivity, Webinar, load_course
from academy.errors import CourseError
from academy.i18n import translator
from academy.live import Live, results
from academy.live.prose import prose_html
from academy.live.table import frame
from academy.pictures import ranks
from academy.session import Session, current
from academy.work import work_of
from academy_widgets.forms.form import default_course
from academy_widgets.pages import nobody, page_html

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["beside_page", "live_page", "room_table"]


def live_page(webinar_id: str, activity_id: str | None = None) -> HTML:
    """Return the live part: what the page's script opens as soon as there is a room, and at home board by board."""
    session = current()
    course = session.course if session else load_course(default_course())
    webinar = _webinar(course, webinar_id)
    activities = [item for item in webinar.activities if activity_id in (None, item.id)]
    if not activities:
        raise CourseError(
            f"The webinar {webinar_id} has no activity {activity_id}. Check the name in this notebook."
        )
    room, state = (_live(session).standing(webinar.id) if session else None) or (None, "")
    return page_html(
        "live.html",
        course.language,
        webinar=webinar,
        code=room.code if room else None,
        state=state,
        activities=activities,
        only=activity_id,
        base=os.environ.get("ACADEMY_BASE") if session else None,
        prose=prose_html,
    )


def room_table(activity_id: str) -> pd.DataFrame:
    """Return what the room answered as a pandas table, without counts about few people."""
    session = current()
    course = session.course if session else load_course(default_course())
    webinar, activity = _find(course, activity_id)
    found = results(_live(session), webinar.id, activity_id) if session else None
    return frame(activity, found)


def beside_page(activity_id: str, column: str | None = None) -> HTML:
    """Return the room's ranking beside one's own, and how often each thing stands in a column of one's work.

    `column` is the address of a column of a table, such as `context-map.map.driver`, whose values are the options.
    """
    session = current()
    if session is None:
        return nobody()
    webinar, activity = _find(session.course, activity_id)
    live, gettext = _live(session), translator(session.language)
    found = results(live, webinar.id, activity_id)
    room = live.of(webinar.id)
    mine = room.mine(session.person_id, activity_id) if room else None
    order = sorted(found["mean"], key=lambda key: found["mean"][key]) if found and "mean" in found else []
    return page_html(
        "beside.html",
        session.language,
        activity=activity,
        hidden=found is not None and bool(found.get("hidden")),
        order=order,
        picture=_beside(session, activity, order, mine, found) if order else None,
        mine=mine,
        rows=_rows(session, column),
        missing=[
            o.text for o in activity.options if o.id in order[:3] and o.id not in _rows(session, column)
        ],
        column=column,
        gettext=gettext,
    )


def _beside(session: Session, activity: LiveActivity, order: list[str], mine: Any, found: Any) -> Any:
    gettext = translator(session.language)
    label = {option.id: option.text for option in activity.options}
    own = [label[key] for key in mine] if mine else []
    theirs = [label[key] for key in order]
    if not own:
        sentence = gettext(
            "The room puts “{first}” first. You have not ranked yet: do it on the board above."
        )
        said = sentence.format(first=theirs[0])
    elif own[0] == theirs[0]:
        said = gettext("You and the room both put “{first}” first.").format(first=theirs[0])
    else:
        sentence = gettext("The room puts “{first}” first, you put “{own}” first.")
        said = sentence.format(first=theirs[0], own=own[0])
    rows = [
        [name, n, found["mean"][key], found["spread"][key], own.index(name) + 1 if own else ""]
        for n, (key, name) in enumerate(zip(order, theirs, strict=True), 1)
    ]
    head = [activity.title, gettext("The room"), gettext("Mean place"), gettext("Spread"), gettext("You")]
    return ranks(
        theirs,
        own,
        names=(gettext("The room"), gettext("You")),
        sentence=said,
        head=head,
        rows=rows,
        language=session.language,
    )


def _rows(session: Session, column: str | None) -> dict[str, int]:
    """How often each value stands in a column of the person's own work."""
    exercise, _, address = (column or "").partition(".")
    table, _, name = address.partition(".")
    if not (exercise and session.course.has(exercise)):
        return {}
    counts: dict[str, int] = {}
    for row in work_of(session.store, session.course, session.person_id)[exercise].get(table) or []:
        value = row.get(name)
        if isinstance(value, str):
            counts[value] = counts.get(value, 0) + 1
    return counts


def _live(session: Session) -> Live:
    return Live(session.store, session.course, session.data_folder.secret)


def _webinar(course: Course, webinar_id: str) -> Webinar:
    webinar = course.webinar(webinar_id)
    if webinar is None:
        raise CourseError(f"The course has no webinar {webinar_id}. Check the name in this notebook.")
    return webinar


def _find(course: Course, activity_id: str) -> tuple[Webinar, LiveActivity]:
    for webinar in course.webinars:
        if (activity := webinar.activity(activity_id)) is not None:
            return webinar, activity
    raise CourseError(
        f"No webinar of the course has an activity {activity_id}. Check the name in this notebook."
    )
