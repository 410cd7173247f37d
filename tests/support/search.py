"""`make search`: only the laws, each tried again and again with examples by chance (`-p tests.support.search`)."""

import os

import pytest
from hypothesis import is_hypothesis_test

ROUNDS = int(os.environ.get("ROUNDS") or 10)


def pytest_collection_modifyitems(items):
    items[:] = [item for item in items if is_hypothesis_test(getattr(item, "obj", None))]


def pytest_generate_tests(metafunc):
    if is_hypothesis_test(metafunc.function):
        metafunc.fixturenames.append("_search_round")
        metafunc.parametrize("_search_round", range(ROUNDS), indirect=True)


@pytest.fixture
def _search_round(request):
    return request.param
