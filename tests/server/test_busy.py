"""While the database is busy it is said so, and nothing is said to be missing or refused."""

import asyncio
from types import SimpleNamespace

import pytest
from tornado import web

from academy.errors import BusyError, StoreError
from academy.live import GoneError
from academy_app.server.files.typed_answers import TypedHandler
from academy_app.server.live.control import ResultsHandler
from academy_app.server.live.pictures import PictureHandler
from academy_app.server.live.state import StateHandler

BUSY, OTHER = BusyError("The server is very busy just now."), StoreError("That is not there.")


def raising(error):
    async def wait(*_args, **_more):
        raise error

    return wait


async def nobody(*_):
    return SimpleNamespace(who="p-amina", room=None, read=None)


def asked(**more):
    """A handler that was asked with nothing but an address."""
    handler = SimpleNamespace(channel=nobody, facilitator=nobody, seat=nobody, refused=[], shown=[])
    handler.get_query_argument = handler.get_body_argument = lambda _name, default: default
    handler.refuse = handler.refused.append
    handler.gettext = str
    vars(handler).update(more)
    return handler


@pytest.mark.parametrize(
    ("handler", "kind"),
    [(ResultsHandler, "csv"), (ResultsHandler, "json"), (PictureHandler, "svg"), (PictureHandler, "png")],
)
def test_results_that_can_not_be_read_just_now_are_not_said_to_be_missing(handler, kind):
    for error, found in ((BUSY, BusyError), (OTHER, web.HTTPError)):
        with pytest.raises(found) as refused:
            asyncio.run(handler.get(asked(hub=SimpleNamespace(reading=raising(error))), "K7M3QX", kind))
        assert getattr(refused.value, "status_code", 404) == 404


def test_a_room_that_is_gone_is_refused_in_a_sentence():
    gone = GoneError("This session is closed.")
    channel = SimpleNamespace(read=raising(gone))

    async def find(_code):
        return channel

    handler = asked(channel=find, give=None, _number=lambda _name, default: default)
    asyncio.run(StateHandler.get(handler, "K7M3QX"))
    assert handler.refused == [gone]


@pytest.mark.parametrize("error", [BUSY, OTHER])
def test_what_was_typed_from_paper_and_can_not_be_kept_stands_there_again(error):
    def keep(*_):
        raise error

    paper = SimpleNamespace(keep=keep)
    handler = asked(current_user="f-mona", _check=lambda: None, _exercise=str, _person=str)
    handler.get_body_argument = lambda name, _default: "p-amina" if name == "person" else ""
    handler.request = SimpleNamespace(body_arguments={"a/map/r1/change": [b"Cranes"]})
    handler._typed, handler._written = lambda *_: paper, lambda now: now
    handler._page = lambda *what, **said: handler.shown.append((what, said))
    if error is BUSY:
        with pytest.raises(BusyError):
            TypedHandler.post(handler, "context-map")
        assert handler.shown == []
    else:
        TypedHandler.post(handler, "context-map")
        said = {"error": "That is not there.", "status": 409}
        assert handler.shown == [(("context-map", "p-amina", paper), said)]
