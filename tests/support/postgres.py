"""A PostgreSQL server of a test's own where its programs are there, or one for a whole run of tests."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import sqlalchemy as sa

__all__ = [
    "copy_database",
    "drop_database",
    "main",
    "new_database",
    "programs",
    "running",
    "until_nothing_is_open",
    "until_one_waits",
]

DEADLINE = 30.0
# Nobody outside of this machine reaches it, and what is in it does not outlive it.
SETTINGS = (
    "-c",
    "listen_addresses=",
    "-c",
    "fsync=off",
    "-c",
    "full_page_writes=off",
    "-c",
    "max_connections=300",
)


def programs() -> Path | None:
    """The folder with PostgreSQL's programs, the newest version there is, or None."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda file: file.parts[4])
    if found:
        return found[-1].parent
    there = shutil.which("postgres")
    return Path(there).parent if there else None


@contextlib.contextmanager
def running(bin_: Path) -> Iterator[str]:
    """Run a server on a socket in a folder of its own; gives the URL of a database, without its name."""
    user = _user()
    folder = Path(tempfile.mkdtemp(prefix="academy-pg-"))
    if user is not None:
        os.chown(folder, user.pw_uid, user.pw_gid)
    settings = {"user": user.pw_uid, "group": user.pw_gid} if user else {}
    quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    data = folder / "data"
    words = [str(bin_ / "initdb"), "-D", str(data), "-A", "trust", "-E", "UTF8", "-U", "academy", "--no-sync"]
    subprocess.run(words, check=True, timeout=DEADLINE, cwd=folder, **quiet, **settings)  # type: ignore[call-overload]
    server = subprocess.Popen(
        [str(bin_ / "postgres"), "-D", str(data), "-k", str(folder), *SETTINGS],
        cwd=folder, **quiet, **settings,
    )  # type: ignore[call-overload]  # fmt: skip
    try:
        url = f"postgresql+psycopg://academy@/{{name}}?host={folder}"
        _wait(url.format(name="postgres"), server)
        yield url
    finally:
        server.send_signal(signal.SIGINT)  # PostgreSQL's fast shutdown: whoever is still connected is let go
        server.wait(DEADLINE)
        shutil.rmtree(folder, ignore_errors=True)


def new_database(url: str, name: str, like: str = "template1") -> str:
    """Make a database, empty or a copy of another, and return its URL."""
    _gettext(url, f'CREATE DATABASE "{name}" TEMPLATE "{like}"')
    return url.format(name=name)


def copy_database(url: str, name: str, like: str) -> None:
    """Make a copy of a database; whoever is still connected to that is let go."""
    _gettext(url, f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{like}'")
    new_database(url, name, like)


def drop_database(url: str, name: str) -> None:
    """Take a database away, whoever is still connected to it."""
    _gettext(url, f'DROP DATABASE "{name}" WITH (FORCE)')


def until_one_waits(url: str) -> None:
    """Return when one of those who are connected to a database waits for another."""
    _until(url, "SELECT count(*) > 0 FROM pg_stat_activity WHERE {here} AND wait_event_type = 'Lock'")


def until_nothing_is_open(url: str) -> None:
    """Return when nobody who is connected to a database has a transaction open and does nothing."""
    _until(url, "SELECT count(*) = 0 FROM pg_stat_activity WHERE {here} AND state = 'idle in transaction'")


def main() -> int:
    """Run pytest with its words while a server runs whose databases stand in for files of SQLite."""
    from tests.support.databases import prepare
    from tools.system import installs

    if programs() is None:
        installs("postgresql")
    if (bin_ := programs()) is None:
        print(
            "No PostgreSQL was found and none could be installed. Install it, and run this again.",
            file=sys.stderr,
        )
        return 1
    with running(bin_) as url:
        prepare(url)
        command = [sys.executable, "-m", "pytest", *sys.argv[1:]]
        return subprocess.run(
            command, check=False, env={**os.environ, "ACADEMY_TEST_POSTGRES": url}
        ).returncode


def _gettext(url: str, statement: str) -> None:
    engine = sa.create_engine(
        url.format(name="postgres"), isolation_level="AUTOCOMMIT", poolclass=sa.NullPool
    )
    with engine.connect() as connection:
        connection.exec_driver_sql(statement)


def _until(url: str, question: str) -> None:
    until = time.monotonic() + DEADLINE
    engine = sa.create_engine(url, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
    with engine.connect() as connection:
        while not connection.exec_driver_sql(question.format(here="datname = current_database()")).scalar():
            assert time.monotonic() < until, "it never was so"


def _user() -> pwd.struct_passwd | None:
    """PostgreSQL never runs as root: then as the user that its package has made."""
    if os.getuid() != 0:
        return None
    with contextlib.suppress(KeyError):
        return pwd.getpwnam("postgres")
    return pwd.getpwnam("nobody")


def _wait(url: str, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + DEADLINE
    engine = sa.create_engine(url)
    while True:
        try:
            engine.connect().close()
            break
        except sa.exc.OperationalError:
            assert time.monotonic() < until, "PostgreSQL did not answer"
            with contextlib.suppress(subprocess.TimeoutExpired):
                server.wait(0.1)
                raise
    engine.dispose()


if __name__ == "__main__":
    sys.exit(main())
