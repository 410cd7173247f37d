"""A server with a course of webinars, and a room in it."""

import pytest

from academy.course import load_course
from academy.live import Live
from academy_widgets.assets import STATIC
from tests.live.small import small_course
from tests.server.live.rooms import send
from tests.support.server import AcademyServer


@pytest.fixture(scope="session")
def academy_server(pages, tmp_path_factory):
    root = tmp_path_factory.mktemp("courses")
    folder = small_course(root, 5)
    named = {"notebooks": "notebooks", "template": "template"}
    options = {name: str(pages / part) for name, part in named.items()}
    options |= {"ip": "127.0.0.1", "assets": str(STATIC), "trust_proxy": True}
    with AcademyServer(root / "academy-data", **options).start(
        ACADEMY_EXERCISES=str(folder.parent)
    ) as server:
        server.live = Live(server.store, load_course(folder), server.data.secret)
        yield server


@pytest.fixture
def desk(server, visit):
    """A facilitator, and a new room in which people are together."""
    visitor = visit("Desk", role="facilitator")
    visitor.room = server.live.start("webinar-1", by="f-desk", guests=True, anew=True)

    def press(do, **given):
        return send(visitor, f"live/{visitor.room.code}/control", {"do": do, **given})

    visitor.press = press
    return visitor
