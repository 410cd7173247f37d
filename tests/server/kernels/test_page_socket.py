"""What the server passes on between a page and its kernel, and what it keeps back, without a server."""

import asyncio
import json
import sys
from types import SimpleNamespace

import pytest
from jupyter_client.kernelspec import NoSuchKernel

from academy.errors import StoreError
from academy.store import open_store
from academy.store.schema import Enrolment, PersonRow
from academy_app.server.kernels.channels import PageConnection
from academy_app.server.kernels.environment import OneKernelSpec
from academy_app.server.kernels.manager import OwnedKernels, Owner
from academy_app.server.kernels.sockets import (
    REMEMBERED_MESSAGES,
    MalformedError,
    read_frame,
    write_frame,
)
from tests.server.kernels.test_what_counts_as_presence import KERNEL, Manager, page_of
from tests.support.visitor import message

UPDATE = {"comm_id": "w", "data": {"method": "update"}}


@pytest.fixture
def page():
    """A page's socket; `.closed` has the code and the reason with which it was closed."""
    page = page_of(Manager())
    page.closed = []
    page.ws_connection = SimpleNamespace(
        is_closing=lambda: bool(page.closed), close=lambda *why: page.closed.append(why)
    )
    return page


@pytest.mark.parametrize(
    "sent",
    [
        "words",
        message(7, {}),
        message("comm_msg", []),
        write_frame([b"shell", b"[]", b"{}", b"{}", b"{}"]),
        message("presence", {"hidden": 1, "unsaved": False}, "page"),
        message("presence", {"hidden": False}, "page"),
        message("presence", {"hidden": False, "unsaved": False, "read": "x"}, "page"),
    ],
)
def test_what_is_no_message_closes_the_socket(page, sent):
    page.on_message(sent)
    assert page.closed == [(1003, "not a message")]
    page.on_message(message("comm_msg", UPDATE))
    assert page.passed_on == []


@pytest.mark.parametrize("channel", ["iopub", "stdin", "hb", "ÿ"])
def test_a_page_reaches_its_kernel_by_two_channels_alone(page, channel):
    page.on_message(message("comm_msg", UPDATE, channel))
    assert (page.passed_on, page.closed) == ([], [])
    for channel in ("shell", "control"):
        page.on_message(message("comm_msg", UPDATE, channel))
    assert [read_frame(sent)[0] for sent in page.passed_on] == [b"shell", b"control"]


def test_a_page_that_sends_too_much_is_closed(page):
    asked = []
    page.kernel_manager.allowances[KERNEL] = SimpleNamespace(
        take=lambda size, states: asked.append((size, states)) or len(asked) < 2
    )
    for id_ in ("first", "other"):
        sent = message("comm_msg", UPDATE, id_=id_)
        page.on_message(sent)
    assert asked == [(len(sent), False)] * 2
    assert page.closed == [(1008, "too many messages")]
    assert len(page.passed_on) == 1


@pytest.mark.parametrize(("parts", "read"), [(4, False), (5, True), (64, True), (65, False)])
def test_a_message_has_five_to_sixty_four_parts(parts, read):
    frame = write_frame([b"part"] * parts)
    if read:
        assert read_frame(frame) == [b"part"] * parts
    else:
        with pytest.raises(MalformedError):
            read_frame(frame)


def test_of_messages_the_last_thousand_are_remembered(page):
    assert REMEMBERED_MESSAGES == 1000
    page.kernel_manager.passed[KERNEL] = dict.fromkeys(map(str, range(1000)))
    for id_ in ("0", "999", "new", "0", "1", "new"):
        page.on_message(message("comm_msg", UPDATE, id_=id_))
    assert [json.loads(read_frame(sent)[1])["msg_id"] for sent in page.passed_on] == ["new", "0", "1"]
    assert len(page.kernel_manager.passed[KERNEL]) == 1000


def test_only_what_changes_something_is_remembered(page):
    for _ in range(2):
        page.on_message(message("comm_info_request", {}, id_="same"))
    assert len(page.passed_on) == 2


def test_a_page_whose_kernel_has_ended_is_told(page):
    page.kernel_id = "another"
    asyncio.run(page.open("another"))
    assert page.closed == [(4404, "the kernel has ended")]


@pytest.mark.parametrize(
    ("kind", "content", "kept"),
    [
        ("execute_input", {"code": "secret"}, True),
        ("error", {"evalue": "secret"}, True),
        ("stream", {"name": "stderr", "text": "secret"}, True),
        ("stream", {"name": "stdout", "text": "said"}, False),
        ("status", {"name": "stderr"}, False),
    ],
)
def test_a_page_hears_neither_code_nor_errors(page, kind, content, kept):
    page.backlog.bytes = page.backlog.most + 1
    page.write_message(message(kind, content, "iopub"), True)
    assert page.closed == ([] if kept else [(1013, "the page does not read")])


def test_whoever_listens_already_waits_for_no_greeting():
    async def nudge():
        await PageConnection.nudge(SimpleNamespace(_listens_anew=False))

    asyncio.run(nudge())


def test_there_is_one_kernel_and_it_is_this_python():
    specs = OneKernelSpec()
    specs.__dict__["forking"] = {"heartbeat": False}
    assert specs.find_kernel_specs() == {"python3": ""}
    spec = specs.get_all_specs()["python3"]["spec"]
    assert (spec["argv"][0], spec["argv"][-2:]) == (sys.executable, ["-f", "{connection_file}"])
    assert spec["metadata"]["kernel_provisioner"]["config"] == {"heartbeat": False}
    with pytest.raises(NoSuchKernel):
        specs.get_kernel_spec("python2")


def test_without_an_owner_no_kernel_starts():
    with pytest.raises(PermissionError, match="start_for"):
        asyncio.run(OwnedKernels.start_kernel(SimpleNamespace()))


class Kernels(dict):
    """Kernels by id, with what is done to them."""

    def __init__(self, store=None, **owners):
        super().__init__(owners)
        self.owners, self._ending, self.sockets = owners, set(), {}
        self.ended = {"left": 0}
        self.later, self.gone = [], []
        self.site = SimpleNamespace(store=store)

    def shutdown_kernel(self, kernel_id):
        return kernel_id

    def _later(self, work):
        self.later.append(work)

    async def end(self, kernel_id, *, now=False):
        self.gone.append((kernel_id, now))


def test_a_kernel_falls_asleep_once():
    kernels, told = Kernels(a=Owner("p-a", 1, "small")), []
    kernels.sockets["a"] = [SimpleNamespace(close=lambda *why: told.append(why))]
    for kernel_id in ("a", "a", "b"):
        OwnedKernels.put_to_sleep(kernels, kernel_id, "left")
    assert told == [(4410, "the page was not used")]
    assert (kernels.ended, kernels.later) == ({"left": 1}, ["a"])


def test_who_may_no_longer_come_in_loses_the_kernels(tmp_path):
    store = open_store(tmp_path / "academy.sqlite")
    with store.write() as session:
        for name, active in (("a", True), ("b", True), ("c", False)):
            epoch = 2 if name == "b" else 1
            session.add(PersonRow(id=f"p-{name}", display_name=name, session_epoch=epoch))
            session.flush()
            session.add(
                Enrolment(
                    edition="small",
                    person_id=f"p-{name}",
                    role="participant",
                    display_name=name,
                    active=active,
                )
            )
    owners = {name: Owner(f"p-{name}", 1, "small") for name in "abcd"}
    kernels = Kernels(store, **owners)
    asyncio.run(OwnedKernels.end_revoked(kernels))
    assert kernels.gone == [("b", True), ("c", True), ("d", True)]
    store.close()


def test_while_the_database_is_busy_nobody_loses_a_kernel():
    class Busy:
        def session(self):
            raise StoreError("The server is very busy just now.")

    kernels = Kernels(Busy(), a=Owner("p-a", 1, "small"))
    asyncio.run(OwnedKernels.end_revoked(kernels))
    assert kernels.gone == []
    asyncio.run(OwnedKernels.end_revoked(Kernels(None)))
