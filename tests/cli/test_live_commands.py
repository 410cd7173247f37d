from academy.course import load_course
from academy.errors import StoreError
from academy.live import Live
from academy.store import Store

COURSE = "innovative-workers-education"


def test_sessions_are_shown_and_closed_for_good(academy, data, folder):
    assert "There is no session just now." in academy("live", "show", "--data", data).out
    live = Live(folder.store, load_course(COURSE), folder.data.secret)
    room = live.start("webinar-1", by="f-desk")
    assert academy("live", "show", "--data", data).out == f"webinar-1  {room.code}  live  0\n"
    assert "Its results stay." in academy("live", "close", "webinar-1", "--data", data).out
    assert room.state()["state"] == "closed"
    assert "There is no session" in academy("live", "close", "webinar-1", "--data", data).out


def test_who_closes_a_session_is_told_what_is_left_to_do(academy, data, folder, monkeypatch):
    def busy(_store):
        raise StoreError("The server is very busy just now.")

    live = Live(folder.store, load_course(COURSE), folder.data.secret)
    room = live.start("webinar-1", by="f-desk")
    monkeypatch.setattr(Store, "scrub", busy)
    shown = academy("live", "close", "webinar-1", "--data", data)
    assert (shown.status, shown.out) == (0, f"The session {room.code} is closed. Its results stay.\n")
    assert shown.err.startswith("Something else is using the database, so traces of the order of answers are")


def test_a_webinar_that_is_not_there_is_a_sentence(academy, data):
    shown = academy("live", "close", "webinar-99", "--data", data)
    said = "The course has no webinar webinar-99. It has: webinar-1, webinar-2, webinar-3, webinar-4.\n"
    assert (shown.status, shown.err) == (1, said)
