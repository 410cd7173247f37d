"""Limits on guessing codes."""

from academy.server.guesses import FREE, Guesses


class Clock:
    now = 1000.0

    def __call__(self):
        return self.now


def wrong(guesses, ip, times):
    for _ in range(times):
        guesses.wrong(ip)


def test_nobody_waits_before_thirty_wrong_codes_in_five_minutes():
    guesses = Guesses(Clock())
    wrong(guesses, "198.51.100.7", FREE - 1)
    assert guesses.wait("198.51.100.7") == 0


def test_wrong_codes_are_forgotten_after_five_minutes():
    clock = Clock()
    guesses = Guesses(clock)
    wrong(guesses, "198.51.100.7", FREE - 1)
    clock.now += 301
    wrong(guesses, "198.51.100.7", FREE - 1)
    assert guesses.wait("198.51.100.7") == 0


def test_the_wait_doubles_up_to_half_an_hour_and_starts_anew_after_a_calm_hour():
    clock = Clock()
    guesses = Guesses(clock)
    waits = []
    for _ in range(7):
        wrong(guesses, "198.51.100.7", FREE)
        waits.append(guesses.wait("198.51.100.7"))
        clock.now += waits[-1]
        assert guesses.wait("198.51.100.7") == 0
    assert waits == [60, 120, 240, 480, 960, 1800, 1800]
    clock.now += 3601
    wrong(guesses, "198.51.100.7", FREE)
    assert guesses.wait("198.51.100.7") == 60


def test_another_address_does_not_wait():
    guesses = Guesses(Clock())
    wrong(guesses, "198.51.100.7", FREE)
    assert guesses.wait("198.51.100.8") == 0


def test_addresses_of_one_ipv6_household_count_together():
    guesses = Guesses(Clock())
    for number in range(FREE):
        guesses.wrong(f"2001:db8::{number:x}")
    assert guesses.wait("2001:db8::ffff") > 0
    assert guesses.wait("2001:db8:0:1::1") == 0


def test_an_ipv4_address_written_as_ipv6_is_itself_alone():
    guesses = Guesses(Clock())
    wrong(guesses, "::ffff:198.51.100.7", FREE)
    assert guesses.wait("198.51.100.7") > 0
    assert guesses.wait("::ffff:198.51.100.8") == 0


def test_all_addresses_together_have_a_budget_for_a_minute():
    clock = Clock()
    guesses = Guesses(clock)
    for number in range(300):
        guesses.wrong(f"198.51.{number // 200}.{number % 200}")
    assert 0 < guesses.wait("203.0.113.9") <= 60
    clock.now += 60
    assert guesses.wait("203.0.113.9") == 0


def test_only_so_many_addresses_are_remembered():
    guesses = Guesses(Clock())
    for number in range(10_050):
        guesses.wrong(f"10.{number >> 16}.{number >> 8 & 255}.{number & 255}")
    assert len(guesses._addresses) == 10_000
