"""What a page's messages say of who sits there, and whose kernel answers them."""

import asyncio
from collections import defaultdict
from types import SimpleNamespace

import pytest
import sqlalchemy as sa

from academy.store import Feedback, open_store
from academy.store.readings import FEEDBACK_READ, Readings, feedback_mark
from academy.store.schema import FeedbackRow, PersonRow
from academy_app.server.kernels.backlog import Allowance
from academy_app.server.kernels.manager import OwnedKernels, Owner
from academy_app.server.kernels.presence import Need, Presence
from academy_app.server.kernels.sockets import KernelSocket
from academy_app.server.signin.identity import Visitor
from tests.support.visitor import message

KERNEL = "a-kernel"


class Manager:
    """One kernel that was looked at an hour ago."""

    def __init__(self, **owners):
        self.owners = owners
        self.allowances = defaultdict(Allowance)
        self.passed = defaultdict(dict)
        self.seen = Presence(since=0.0)

    def __contains__(self, kernel_id):
        return kernel_id == KERNEL

    def presence(self, _kernel_id):
        return self.seen


def page_of(manager):
    """A page's socket whose line is open, and what has come through it."""

    class Page(KernelSocket):
        kernel_manager = manager

        def __init__(self):
            self.kernel_id = KERNEL
            self.ws_connection = SimpleNamespace(is_closing=lambda: False)
            self.passed_on = []
            self.connection = SimpleNamespace(handle_incoming_message=self.passed_on.append)

    return Page()


@pytest.mark.parametrize(
    ("kind", "content", "wrote"),
    [
        ("comm_msg", {"comm_id": "c", "data": {"method": "request_states"}}, False),
        ("comm_msg", {"padding": "x" * 500, "comm_id": "c", "data": {"method": "request_states"}}, False),
        ("comm_msg", {"comm_id": "w", "data": {"method": "custom", "content": {"kind": "save"}}}, True),
        ("comm_info_request", {}, False),
    ],
)
def test_asking_for_states_is_no_writing_and_what_a_widget_is_told_is(kind, content, wrote):
    manager = Manager()
    page = page_of(manager)
    page.on_message(message(kind, content))
    assert len(page.passed_on) == 1
    assert (manager.seen.wrote > 0) is wrote
    assert manager.seen.need(3600.0 * 24 * 365 * 100, connected=True) is Need.UNTOUCHED


def test_a_socket_that_is_closing_passes_nothing_on():
    page = page_of(Manager())
    page.ws_connection = None
    page.on_message(message("comm_info_request", {}))
    assert page.passed_on == []


@pytest.mark.parametrize(
    ("person", "epoch", "own"),
    [("p-000001", 3, True), ("p-000001", 2, False), ("p-000001", 4, False), ("p-000002", 3, False)],
)
def test_a_kernel_is_its_persons_while_their_sign_in_holds(person, epoch, own):
    kernels = SimpleNamespace(owners={KERNEL: Owner("p-000001", 3, "small")}, _ending=set())
    assert OwnedKernels.is_owner(kernels, KERNEL, Visitor(username=person, epoch=epoch)) is own
    assert OwnedKernels.is_owner(kernels, KERNEL, Visitor(username=person, epoch=epoch), "small") is own
    assert not OwnedKernels.is_owner(kernels, KERNEL, Visitor(username=person, epoch=epoch), "north")
    assert not OwnedKernels.is_owner(kernels, "another", Visitor(username=person, epoch=epoch))
    assert not OwnedKernels.is_owner(kernels, KERNEL, None)
    kernels._ending.add(KERNEL)
    assert not OwnedKernels.is_owner(kernels, KERNEL, Visitor(username=person, epoch=epoch))


def test_what_somebody_has_reached_is_kept_as_theirs(tmp_path):
    """Whose it is says the socket, and never the page."""
    store = open_store(tmp_path / "academy.sqlite")
    with store.write() as session:
        session.add_all(PersonRow(id=f"p-{n}", display_name=n) for n in ("amina", "bao"))
    for person in ("p-amina", "p-bao"):
        Feedback(store, "small").release(person, "idea", 1, {"points": 1})
    with store.session() as session:
        marks = [feedback_mark(number) for number in session.scalars(sa.select(FeedbackRow.id))]
    page = page_of(Manager(**{KERNEL: Owner("p-amina", 1, "small")}))
    page.application = SimpleNamespace(settings={"academy": SimpleNamespace(store=store)})
    page._current_user = page._jupyter_current_user = Visitor(username="p-amina")
    said = {"hidden": False, "unsaved": False, "person": "p-bao"}

    async def tell():
        for more in ({"read": [*marks, 7]}, {"read": []}, {}):
            page.on_message(message("presence", {**said, **more}, "page"))

    asyncio.run(tell())  # and what it had others do is done when it ends
    read = {who: Readings(store, "small", who).read(FEEDBACK_READ) for who in ("p-amina", "p-bao")}
    assert read == {"p-amina": {"idea": 1}, "p-bao": {}}
    assert Readings(store, "north", "p-amina").read(FEEDBACK_READ) == {}
    assert page.passed_on == []
    store.close()
