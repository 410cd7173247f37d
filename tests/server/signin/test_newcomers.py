"""How many new people come in."""

import itertools

from academy_app.server.signin.login import JOINS_KEPT, Joined
from academy_app.server.signin.newcomers import AT_ONCE, DAY, MOST_OF_A_BROWSER, Newcomers

HALL = "198.51.100.7"


class Clock:
    now = 1000.0

    def __call__(self):
        return self.now


def test_a_class_of_six_hundred_behind_one_address_is_in_within_ten_minutes():
    clock = Clock()
    newcomers, inside, begun = Newcomers(clock), 0, clock.now
    while inside < 600:
        while inside < 600 and not newcomers.wait(HALL):
            newcomers.came(HALL, f"browser-{inside}")
            inside += 1
        clock.now += 1
    assert clock.now - begun < 600


def test_many_at_once_from_one_address_wait_and_others_do_not():
    newcomers = Newcomers(Clock())
    for number in range(AT_ONCE):
        assert newcomers.wait(HALL) == 0
        newcomers.came(HALL, f"browser-{number}")
    assert 0 < newcomers.wait(HALL) <= 1
    assert newcomers.wait("198.51.100.8") == 0
    assert newcomers.state() == {"came": AT_ONCE, "held": 1, "many": 0}


def test_one_browser_becomes_a_few_people_and_no_crowd():
    clock = Clock()
    newcomers, inside = Newcomers(clock), 0
    while not newcomers.too_many("a phone"):
        newcomers.came(f"10.0.0.{inside}", "a phone")
        inside += 1
    assert inside == MOST_OF_A_BROWSER < 120
    assert not newcomers.too_many("another")
    assert newcomers.state()["many"] == 1
    clock.now += DAY
    assert not newcomers.too_many("a phone")


def test_only_so_many_browsers_are_remembered():
    newcomers = Newcomers(Clock())
    for number in itertools.islice(itertools.count(), 20_050):
        newcomers.came(f"10.{number % 200}.0.1", f"browser-{number}")
    assert len(newcomers._browsers) == 20_000


def test_a_form_that_is_sent_twice_is_one_person_until_two_thousand_others_came():
    joined = Joined()
    for number in range(JOINS_KEPT + 1):
        joined.remember(f"a form's long mark {number}", "Amina", f"p-{number}")
    assert JOINS_KEPT == 2000
    assert joined.person("a form's long mark 0", "Amina") is None
    assert joined.person("a form's long mark 1", "Amina") == "p-1"
    assert joined.person("a form's long mark 1", "Bao") is None
    for mark, kept in (("x" * 15, None), ("x" * 16, "p-x")):
        joined.remember(mark, "Amina", "p-x")
        assert joined.person(mark, "Amina") == kept
