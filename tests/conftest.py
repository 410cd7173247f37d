"""What tests of several rooms share: one Chromium, and a data folder with a course in it."""

import asyncio
import contextlib
import gc
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from academy.content import use_data
from academy.session import acting_as
from academy.store.schema import by_clock
from tests.support import chance, databases, drawn, order, postgres, tables
from tests.support.patience import SECONDS

ROOT = Path(__file__).parents[1]
ABSENT = str(ROOT / "tests" / "support" / "absent")
"""What Python does not find, here and in every process that is started from here."""
if ABSENT not in sys.path:
    sys.path.insert(0, ABSENT)
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [ABSENT, os.environ.get("PYTHONPATH")]))

# How fast a machine is says nothing about a law. `make test` tries the same examples each time, so that it fails by
# what was changed and never by chance; `make search` looks for others, and what it finds becomes a named example.
settings.register_profile(
    "kit", deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)
settings.register_profile(
    "search", deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
settings.load_profile("kit")


def pytest_addoption(parser):
    parser.addoption("--draw-anew", action="store_true", help="write the drawings of tests/drawn anew")


def pytest_configure(config):
    """Let `make test` draw the same people, keys and codes each time too; in `make search` they are others."""
    if config.getoption("--hypothesis-profile") != "search":
        chance.same_each_time()


def pytest_runtest_logstart(nodeid):
    """Let what a test draws not depend on which others ran before it."""
    chance.begin_anew(nodeid)


PATIENCE = 1000 * SECONDS
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def pytest_collection_modifyitems(items):
    """Begin with the files that take longest: else one worker has one of them left when the others have nothing."""
    items.sort(key=lambda item: order.place(item.path))


tables.copied()
if databases.SERVER:
    databases.in_place_of_files()

    @pytest.fixture(autouse=True)
    def _room_for_databases(tmp_path):
        """Take a test's databases away with its folder."""
        yield
        databases.drop_below(tmp_path)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item):
    """Hide the browser's loop from tests without a browser: once there was one, it runs in this thread to the end."""
    if "chromium" in item.fixturenames:
        return (yield)
    browsers = asyncio._get_running_loop()
    asyncio._set_running_loop(None)
    try:
        return (yield)
    finally:
        asyncio._set_running_loop(browsers)


@pytest.fixture(autouse=True)
def _no_data_folder_stays():
    """Let no test look for courses in the data folder of the one before."""
    yield
    use_data(None)


@pytest.fixture(autouse=True)
def _loops_beside_the_browsers(request, monkeypatch):
    """Let `asyncio.run` work in a test with a browser, whose own loop runs in this thread."""
    if "chromium" not in request.fixturenames:
        return
    really = asyncio.run

    def run(work, **settings):
        with ThreadPoolExecutor(1) as thread:
            return thread.submit(really, work, **settings).result()

    monkeypatch.setattr(asyncio, "run", run)


@pytest.fixture
def as_drawn(request):
    """Whether a drawing is as somebody looked at it: `as_drawn("bars.svg", svg)`."""
    if request.config.getoption("--hypothesis-profile") == "search":
        pytest.skip("what is drawn by chance looks otherwise each time")
    return partial(drawn.as_drawn, anew=request.config.getoption("--draw-anew"))


@pytest.fixture
def at_page():
    """Put a session at the page, None for nobody: `at_page(session)`. What is shown from then on is theirs."""
    with contextlib.ExitStack() as stack:
        yield lambda session: stack.enter_context(acting_as(session))


@pytest.fixture
def at_time():
    """Let it be a moment, or what a clock says: `at_time(end)`, `at_time(clock)`. It holds in this thread only."""
    with contextlib.ExitStack() as stack:
        yield lambda now: stack.enter_context(by_clock(now if callable(now) else lambda: now))


@pytest.fixture(scope="session")
def chromium():
    """One Chromium for all browser tests of this process."""
    sync_api = pytest.importorskip("playwright.sync_api")
    path = subprocess.run(
        [sys.executable, "-c", "import browser; print(browser.find() or '')"],
        cwd=ROOT / "tools",
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()
    assert path, "No Chromium was found: run python tools/browser.py"
    # What is waited for comes; how long that takes says how busy the machine is.
    sync_api.expect.set_options(timeout=PATIENCE)
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        loop = asyncio._get_running_loop()
        yield browser
        asyncio._set_running_loop(loop)  # the last test of all may be one without a browser
        browser.close()


@pytest.fixture(scope="session")
def firefox():
    """One Firefox for all tests of this process that say what it does otherwise than Chromium."""
    from tests.support.firefox import Firefox, find

    program = find()
    if program is None:
        pytest.skip("There is no Firefox here: install firefox-esr, or name one with ACADEMY_FIREFOX.")
    browser = Firefox(program)
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def empty_book(tmp_path_factory):
    """A gradebook with nbgrader's own tables; making it with alembic would take seconds."""
    import sqlalchemy as sa
    from nbgrader.api import Base

    file = tmp_path_factory.mktemp("book") / "gradebook.db"
    engine = sa.create_engine(f"sqlite:///{file}")
    Base.metadata.create_all(engine)
    engine.dispose()
    return file.read_bytes()


def pytest_collection_finish():
    """Let the collector of garbage not look again and again at what stays to the end: all modules and tests."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="module")
def postgresql():
    """A server of its own, where the programs for one are there; gives the address of a new database."""
    if postgres.programs() is None:
        pytest.skip("no PostgreSQL is installed")
    with postgres.running(postgres.programs()) as url:
        yield lambda name: postgres.new_database(url, name)
