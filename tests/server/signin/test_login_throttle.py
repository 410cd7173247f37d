"""Limits on guessing codes."""

from academy.live.ballots import CODE_LENGTH as LIVE_LENGTH
from academy.people.codes import ALPHABET, CODE_LENGTH, LIVE_TOKEN_LENGTH, TOKEN_LENGTH
from academy_app.server.signin.login_throttle import A_MINUTE, ALL_A_MINUTE, ALL_FREE, FREE, LoginThrottle


class Clock:
    now = 1000.0

    def __call__(self):
        return self.now


def wrong(guesses, ip, times):
    for _ in range(times):
        guesses.wrong(ip)


def taken(guesses, clock, addresses, seconds):
    """How many guesses get through in a time when somebody tries without a pause."""
    found = 0
    for _ in range(seconds):
        for ip in addresses:
            while not guesses.wait(ip):
                guesses.wrong(ip)
                found += 1
        clock.now += 1
    return found


def test_guessing_is_hopeless():
    """The arithmetic: how likely a whole day of guessing, as fast as it goes, finds anything."""
    hour, clock = 3600, Clock()
    assert taken(LoginThrottle(clock), clock, ["198.51.100.7"], hour) <= FREE + A_MINUTE * 60
    everybody = [f"198.51.100.{n}" for n in range(20)]
    assert taken(LoginThrottle(clock), clock, everybody, hour) <= ALL_FREE + ALL_A_MINUTE * 60
    one_day, all_day = FREE + A_MINUTE * 1440, ALL_FREE + ALL_A_MINUTE * 1440
    codes, rooms = len(ALPHABET) ** CODE_LENGTH, len(ALPHABET) ** LIVE_LENGTH
    assert (codes, rooms) == (2**40, 2**30)
    assert 601 * all_day / codes < 1 / 20_000  # six hundred people's codes and the one for joining
    assert 20 * all_day / rooms < 1 / 600  # twenty live sessions at once
    assert 20 * one_day / rooms < 1 / 3_000
    assert len(ALPHABET) ** LIVE_TOKEN_LENGTH >= 2**100
    assert len(ALPHABET) ** TOKEN_LENGTH >= 2**130


def test_nobody_waits_before_a_hundred_wrong_codes():
    guesses = LoginThrottle(Clock())
    wrong(guesses, "198.51.100.7", FREE - 1)
    assert guesses.wait("198.51.100.7") == 0
    guesses.wrong("198.51.100.7")
    assert guesses.wait("198.51.100.7") == 60 / A_MINUTE


def test_who_guesses_gets_ten_tries_a_minute_and_calm_gives_all_back():
    clock = Clock()
    guesses = LoginThrottle(clock)
    wrong(guesses, "198.51.100.7", FREE)
    assert 10 * A_MINUTE - 1 <= taken(guesses, clock, ["198.51.100.7"], 600) <= 10 * A_MINUTE
    clock.now += 60 * FREE / A_MINUTE
    assert taken(guesses, clock, ["198.51.100.7"], 1) == FREE


def test_a_hall_in_which_every_tenth_types_wrong_is_never_stopped():
    clock = Clock()
    guesses = LoginThrottle(clock)
    for number in range(600):
        clock.now += 1
        assert guesses.wait("198.51.100.7") == 0
        if number % 10 == 0:
            guesses.wrong("198.51.100.7")


def test_another_address_does_not_wait():
    guesses = LoginThrottle(Clock())
    wrong(guesses, "198.51.100.7", FREE)
    assert guesses.wait("198.51.100.8") == 0


def test_addresses_of_one_ipv6_household_count_together():
    guesses = LoginThrottle(Clock())
    for number in range(FREE):
        guesses.wrong(f"2001:db8::{number:x}")
    assert guesses.wait("2001:db8::ffff") > 0
    assert guesses.wait("2001:db8:0:1::1") == 0


def test_an_ipv4_address_written_as_ipv6_is_itself_alone():
    guesses = LoginThrottle(Clock())
    wrong(guesses, "::ffff:198.51.100.7", FREE)
    assert guesses.wait("198.51.100.7") > 0
    assert guesses.wait("::ffff:198.51.100.8") == 0


def test_what_is_no_address_is_itself_alone():
    guesses = LoginThrottle(Clock())
    wrong(guesses, "unix", FREE)
    assert guesses.wait("unix") > 0
    assert guesses.wait("") == 0


def test_all_addresses_together_have_a_budget():
    clock = Clock()
    guesses = LoginThrottle(clock)
    for number in range(ALL_FREE):
        guesses.wrong(f"198.51.{number // 200}.{number % 200}")
    assert 0 < guesses.wait("203.0.113.9") <= 60
    clock.now += 60
    assert guesses.wait("203.0.113.9") == 0


def test_only_so_many_addresses_are_remembered():
    guesses = LoginThrottle(Clock())
    for number in range(10_050):
        guesses.wrong(f"10.{number >> 16}.{number >> 8 & 255}.{number & 255}")
    assert len(guesses._addresses) == 10_000


def test_the_last_hour_is_told():
    clock = Clock()
    guesses = LoginThrottle(clock)
    wrong(guesses, "198.51.100.7", FREE)
    guesses.wait("198.51.100.7")
    guesses.wait("198.51.100.8")
    assert guesses.state() == {"wrong": FREE, "refused": 1}
    clock.now += 3600
    assert guesses.state() == {"wrong": 0, "refused": 0}
