"""Which kernels are needed least, and which end."""

from types import SimpleNamespace

import pytest

from academy_app.server.kernels.culling import Culling
from academy_app.server.kernels.limits import FILES_A_KERNEL, FILES_OF_THE_SERVER, Limits
from academy_app.server.kernels.presence import Need, Presence

HOUR = 3600.0


class Kernels:
    """Kernels that are only names, with the presence that a test gives them."""

    def __init__(self, most=10, reserve=100, **presences):
        self.presences = presences
        self.sockets = {}
        self.slept = []
        self.site = SimpleNamespace(
            limits=Limits(most, 2, reserve), options=SimpleNamespace(idle_minutes=30, sleep_minutes=120)
        )

    @property
    def alive(self):
        return [name for name in self.presences if name not in dict(self.slept)]

    def presence(self, name):
        return self.presences.get(name)

    def connect(self, *names):
        self.sockets |= {name: ["a socket"] for name in names}
        return self

    def put_to_sleep(self, name, reason):
        self.slept.append((name, reason))


def culling(kernels, now=HOUR, free=10_000):
    return Culling(kernels, now=lambda: now, free=lambda: free)


@pytest.mark.parametrize(
    ("presence", "connected", "need"),
    [
        (Presence(since=0, left=100), False, Need.LEFT),
        (Presence(since=HOUR - 5), False, Need.USED),
        (Presence(since=0, left=HOUR - 5), False, Need.USED),
        (Presence(since=0, hidden=True), True, Need.HIDDEN),
        (Presence(since=0), True, Need.UNTOUCHED),
        (Presence(since=0, left=HOUR - 100, wrote=HOUR - 200), False, Need.INTERRUPTED),
        (Presence(since=0, left=100, unsaved=True), False, Need.INTERRUPTED),
        (Presence(since=0, touched=HOUR - 100), True, Need.USED),
        (Presence(since=0, hidden=True, wrote=HOUR - 100), True, Need.USED),
        (Presence(since=0, hidden=True, unsaved=True), True, Need.USED),
        (Presence(since=0, left=100, wrote=HOUR - 599), False, Need.INTERRUPTED),
        (Presence(since=0, left=100, wrote=HOUR - 600), False, Need.LEFT),
        (Presence(since=0, left=HOUR - 59), False, Need.USED),
        (Presence(since=0, left=HOUR - 60), False, Need.LEFT),
        (Presence(since=HOUR - 59, hidden=True), True, Need.USED),
        (Presence(since=HOUR - 60, hidden=True), True, Need.HIDDEN),
        (Presence(since=0, touched=HOUR - 1199), True, Need.USED),
        (Presence(since=0, touched=HOUR - 1200), True, Need.UNTOUCHED),
    ],
)
def test_what_a_page_does_says_how_much_its_kernel_is_needed(presence, connected, need):
    assert presence.need(HOUR, connected=connected) is need


@pytest.mark.parametrize(
    ("presence", "connected", "rest"),
    [
        (Presence(since=100), True, 3500),
        (Presence(since=100, touched=50), True, 3500),
        (Presence(since=0, touched=200, left=300), True, 3400),
        (Presence(since=0, touched=200, left=300, hidden=True), True, 3300),
        (Presence(since=0, touched=200, left=300), False, 3300),
        (Presence(since=0, touched=300, left=200), False, 3300),
        (Presence(since=0, touched=200), False, 3400),
    ],
)
def test_for_how_long_nobody_was_there(presence, connected, rest):
    assert presence.rest(HOUR, connected=connected) == rest


def test_a_page_in_the_background_is_not_touched_by_what_it_says():
    presence = Presence(since=0)
    presence.tell(50, hidden=True, unsaved=True)
    assert (presence.touched, presence.hidden, presence.unsaved) == (0, True, True)
    presence.tell(60, hidden=False, unsaved=False)
    assert (presence.touched, presence.hidden, presence.unsaved) == (60, False, False)
    presence.write(70)
    assert (presence.touched, presence.wrote) == (70, 70)


def test_somebody_filling_in_a_form_is_not_ended_before_those_left_behind():
    kernels = Kernels(
        most=4,
        writing=Presence(since=0, wrote=HOUR - 10),
        tunnel=Presence(since=0, wrote=HOUR - 60, left=HOUR - 50),
        hidden=Presence(since=0, hidden=True),
        left=Presence(since=0, left=50),
    ).connect("writing", "hidden")
    hall = culling(kernels)
    assert hall.room(0)
    kernels.presences["new"] = Presence(since=HOUR)
    assert hall.room(0)
    kernels.presences["newer"] = Presence(since=HOUR)
    assert not hall.room(0)
    assert kernels.slept == [("left", "room"), ("hidden", "room")]


def test_of_equals_the_one_that_rests_longest_ends_first():
    kernels = Kernels(most=2, late=Presence(since=0, left=900), early=Presence(since=0, left=100))
    assert culling(kernels).room(0)
    assert kernels.slept == [("early", "room")]


def test_kernels_that_are_promised_count():
    kernels = Kernels(most=2, used=Presence(since=HOUR))
    assert culling(kernels).room(0)
    assert not culling(kernels).room(1)


def test_pages_that_nobody_uses_go_to_sleep():
    kernels = Kernels(
        left=Presence(since=0, left=HOUR),
        background=Presence(since=0, touched=HOUR, hidden=True),
        open=Presence(since=0, touched=HOUR),
        unsaved=Presence(since=0, unsaved=True),
        lately=Presence(since=0, left=HOUR + 100),
    ).connect("background", "open", "unsaved")
    culling(kernels, now=HOUR + 120 * 60 - 1).sweep()
    assert kernels.slept == [("left", "left"), ("lately", "left")]
    culling(kernels, now=HOUR + 120 * 60).sweep()
    assert kernels.slept[2:] == [("background", "asleep"), ("open", "asleep")]


def test_a_kernel_of_which_nothing_is_known_is_left_alone():
    kernels = Kernels(most=1, nobody=None, left=Presence(since=0, left=0))
    culling(kernels, now=30 * 60 - 1).sweep()
    assert kernels.slept == []
    culling(kernels, now=30 * 60).sweep()
    assert kernels.slept == [("left", "left")]
    assert not culling(kernels).room(0), "there is nobody left to end"


def test_memory_is_looked_at_once_a_second():
    told, time = [200, 50, 200], [0.0]
    hall = Culling(Kernels(reserve=200), now=lambda: time[0], free=lambda: told.pop(0))
    assert (hall.memory, hall.pressed) == (200, False), "as much as is kept free is there"
    time[0] = 0.9
    assert hall.memory == 200
    time[0] = 1.0
    assert (hall.memory, hall.pressed) == (50, True)
    time[0] = 2.0
    assert not hall.pressed


def test_short_memory_ends_what_is_needed_least_and_lets_nobody_in():
    kernels = Kernels(reserve=500, left=Presence(since=0, left=HOUR - 100), used=Presence(since=HOUR))
    hall = culling(kernels, free=499)
    assert not hall.room(0)
    for _ in range(3):
        hall.sweep()
    assert kernels.slept == [("left", "memory")]


def test_where_the_system_does_not_tell_its_memory_kernels_start():
    assert culling(Kernels(), free=None).room(0)


def test_fewer_kernels_where_few_files_can_be_open():
    assert Limits.of(600, 4, FILES_OF_THE_SERVER + 600 * FILES_A_KERNEL).kernels == 600
    assert Limits.of(600, 4, FILES_OF_THE_SERVER + 100 * FILES_A_KERNEL).kernels == 100
    assert Limits.of(600, 4, 256).kernels == 8
