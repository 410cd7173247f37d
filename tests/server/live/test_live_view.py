"""What the page of a room makes of an activity, apart from its template."""

import pytest

from academy.course import LiveActivity
from academy_app.server.live.view import View, view_of
from tests.live.conftest import course  # noqa: F401 – a fixture

OPTIONS = [{"id": key, "text": key.upper()} for key in "abc"]


def view(kind, right):
    activity = LiveActivity.model_validate(
        {"id": "one", "kind": kind, "title": "?", "options": OPTIONS, "right": right}
    )
    nothing = {"prompt": "", "why": "", "held": False, "answered": 0, "people": 0, "round": 1, "mine": None}
    return View(
        activity, phase="revealed", asks=False, change=False, fields={}, said=[], results=None, **nothing
    )


def test_what_is_right_is_told_in_its_order_where_it_is_one_and_else_as_it_stands():
    assert [option.id for option in view("ranking", ["c", "a", "b"]).right] == ["c", "a", "b"]
    assert [option.id for option in view("quiz", ["c", "a"]).right] == ["a", "c"]


def test_of_what_is_not_asked_any_more_nothing_is_shown(course):  # noqa: F811
    webinar = course.webinar("webinar-1")
    for activity in (None, "gone"):
        state = {"activity": activity, "spot": None}
        assert view_of(webinar, state, None, change=False, typed=None, least=1) is None


def test_a_card_stands_below_the_title_of_its_column(course):  # noqa: F811
    nothing = {"prompt": "", "why": "", "held": False, "answered": 0, "people": 0, "round": 1, "mine": None}
    shown = View(
        course.webinar("webinar-1").activity("letters"),
        **nothing,
        phase="open",
        asks=True,
        change=False,
        fields={"v": ["a", "4"]},
        said=[],
        results=None,
    )
    assert [shown.column(name) for name in ("political", "economic", "gone")] == ["P", "E", ""]
    assert (shown.field("v"), shown.field("w")) == ("a", "")
    assert (shown.ticked("v", 4), shown.ticked("v", "b")) == (True, False)


@pytest.mark.parametrize(("n", "said"), [(5.0, "5"), (4.5, "4.5"), (0, "0"), (3, "3")])
def test_a_number_stands_there_as_the_script_will_write_it(n, said):
    assert str(View.plain(n)) == said
