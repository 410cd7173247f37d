"""What tests draw by chance is the same each time, and differs from test to test."""

import os
import secrets

import pytest

from tests.support import chance


@pytest.fixture(autouse=True)
def _in_a_run_that_draws_the_same(request):
    if request.config.getoption("--hypothesis-profile") == "search":
        pytest.skip("here tests draw anew")


def drawn():
    return (
        secrets.token_hex(8),
        secrets.choice("abcdefghijklmnop"),
        secrets.token_urlsafe(8),
        secrets.randbelow(10**9),
    )


def test_the_same_name_draws_the_same_and_another_name_something_else():
    chance.begin_anew("one")
    first, second = drawn(), drawn()
    chance.begin_anew("one")
    assert (first, second) == (drawn(), drawn())
    assert first != second
    chance.begin_anew("two")
    assert drawn() != first


def test_a_forked_process_draws_what_nobody_knows():
    chance.begin_anew("one")
    here = secrets.token_bytes(8)
    chance.begin_anew("one")
    reading, writing = os.pipe()
    if not (child := os.fork()):
        os.write(writing, secrets.token_bytes(8))
        os._exit(0)
    os.waitpid(child, 0)
    assert os.read(reading, 8) != here
