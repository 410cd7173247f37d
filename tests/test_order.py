"""What is begun first is there: a file that was moved would go to the end unnoticed."""

import pytest

from tests.support.order import LONGEST, ROOMS, TESTS, place


@pytest.mark.parametrize("name", [*LONGEST, *ROOMS])
def test_what_takes_longest_is_there(name):
    assert (TESTS / name).exists()


def test_the_longest_files_are_begun_first_and_then_those_of_the_longest_rooms():
    files = [TESTS / name for name in ("test_wheel.py", "peers/test_plan.py", *reversed(LONGEST))]
    assert sorted(files, key=place) == list(reversed(files))
