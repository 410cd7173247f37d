"""Database connections and transactions (SQLite and PostgreSQL)."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import Session

from academy.errors import BusyError, StoreError
from academy.i18n import N_
from academy.store.quota import QUOTA, Quota
from academy.store.ties import ties_of

__all__ = ["PASSING_SECONDS", "Patience", "Store", "open_store"]

log = logging.getLogger("academy.store")
PASSING_SECONDS = 0.3
"""How long a reader's page waits to note down that it was read: nobody looks at an empty page for that."""
FULL = N_("The server has no room left, so this could not be saved. Please tell your facilitator.")
READ_ONLY = N_(
    "The server can't write to its data folder, so this could not be saved. Please tell your facilitator."
)
BUSY = N_("The server is very busy just now. Please try again in a moment.")
DAMAGED = N_("The database can't be read. Please ask your administrator to restore the latest backup.")

NEWER = N_(
    "This data folder was written by a newer version of the kit, so nothing was changed. Please update the kit."
)


@dataclass(frozen=True)
class Patience:
    """For how many seconds a turn at the database is waited for."""

    alone: float = 20.0
    """In a program of its own."""
    shared: float = 5.0
    """In a thread of a server."""
    loop: float = 0.4
    """On a server's loop, where everybody waits meanwhile."""
    again: float = 0.1
    """There again, after somebody waited in vain."""
    busy: float = 2.0
    """For so long after that."""
    scrub: int = 5
    """To clean the files."""


PATIENCE = Patience()


class Store:
    """A database of one installation."""

    def __init__(
        self,
        engine: sa.Engine,
        place: _Place | None = None,
        *,
        shared: bool,
        patience: Patience = PATIENCE,
        quota: Quota = QUOTA,
    ) -> None:
        self.engine = engine
        self._place = place
        self.ties = ties_of(engine.url.render_as_string(hide_password=False))
        self._shared = shared
        self.patience = patience
        self.quota = quota
        self._busy_until = float("-inf")

    @contextmanager
    def session(self) -> Iterator[Session]:
        """Read. Nothing is written, whatever happens inside."""
        with self._begin("BEGIN") as session:
            yield session

    def rows(self, statement: sa.Select[object], **values: object) -> Sequence[sa.Row[object]]:
        """Read what every page reads: the rows of one statement on tables, with values for its places.

        Such a statement is made once, when its module is imported, and needs no session: that is less work, and less
        of the memory that a kernel does not share with others.
        """
        with self._saying(), self.engine.connect() as connection:
            self._be_patient(connection)
            return connection.execute(statement, values).all()

    @contextmanager
    def write(self, *, patience: float | None = None) -> Iterator[Session]:
        """Write: one transaction that holds the write lock from its start and commits at the end.

        Raises StoreError with a sentence if there is no room, no right to write, or no turn within 20 seconds (or as
        long as a server waits, or as `patience` says).
        """
        with self._begin("BEGIN IMMEDIATE", patience) as session:
            yield session
            session.commit()

    @contextmanager
    def _begin(self, statement: str, patience: float | None = None) -> Iterator[Session]:
        """SQLite begins where we say so (the driver would begin late); other databases begin by themselves."""
        with self._saying(), Session(self.engine, expire_on_commit=False) as session:
            connection = session.connection()
            self._be_patient(connection)
            if patience is not None:
                self._wait(connection, patience)
            if connection.dialect.name == "sqlite":
                try:
                    connection.exec_driver_sql(statement)
                finally:
                    if patience is not None:  # the connection is used again
                        self._wait(connection, self.patience.shared if self._shared else self.patience.alone)
            yield session

    def _be_patient(self, connection: sa.Connection) -> None:
        """Say how long this connection may wait for its turn: briefly where a server's loop waits with it."""
        if not self._shared:
            return
        seconds = self.patience.shared
        if _on_loop():
            busy = time.monotonic() < self._busy_until
            seconds = self.patience.again if busy else self.patience.loop
        self._wait(connection, seconds)

    def _wait(self, connection: sa.Connection, seconds: float) -> None:
        milliseconds = round(seconds * 1000)
        sqlite = connection.dialect.name == "sqlite"
        connection.exec_driver_sql(
            f"PRAGMA busy_timeout = {milliseconds}" if sqlite else f"SET LOCAL lock_timeout = {milliseconds}"
        )

    @contextmanager
    def _saying(self) -> Iterator[None]:
        """Turn errors of the database into sentences, and remember that it was busy."""
        try:
            with _said():
                yield
        except BusyError:
            self._busy_until = time.monotonic() + self.patience.busy
            raise

    @contextmanager
    def rehearsing(self, file: Path) -> Iterator[None]:
        """Until the end connect to another SQLite file, and leave no connection behind.

        What is made ready on the way, statements above all, is kept with this store. Raises ValueError where
        the database is not SQLite: nothing else can stand in for it.
        """
        if self._place is None:
            raise ValueError("only an SQLite store can rehearse")
        self.engine.dispose()
        self._place.rehearsal = file
        try:
            yield
        finally:
            self._place.rehearsal = None
            self.engine.dispose()

    def scrub(self) -> bool:
        """Leave nothing of what was deleted, nor of the order in which rows came; return whether that could be done.

        Every table is written anew, and the log of what was written before it is emptied. Whoever reads or writes for
        long is in the way; then it has to be tried again later.
        """
        try:
            return self._scrub_file() if self._place is not None else self._scrub_tables()
        except (sqlite3.Error, sa.exc.DBAPIError):
            log.warning(
                "The database could not be cleaned of what was deleted; this is tried again.", exc_info=True
            )
            return False

    def _scrub_file(self) -> bool:
        assert self._place is not None
        if self._place.file == ":memory:":
            return True
        with closing(self._place.connect()) as connection:
            connection.execute(f"PRAGMA busy_timeout = {self.patience.scrub * 1000}")
            connection.execute("VACUUM")
            busy, *_ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            return not busy

    def _scrub_tables(self) -> bool:
        """PostgreSQL: what a table held before stays in its files until it is written anew."""
        tables = [name for name in sa.inspect(self.engine).get_table_names() if name.startswith("live_")]
        with self.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql(f"SET lock_timeout = '{self.patience.scrub}s'")
            try:
                connection.exec_driver_sql(f"VACUUM FULL {', '.join(sorted(tables))}")
            finally:
                connection.exec_driver_sql("RESET lock_timeout")
        return True

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()


@dataclass
class _Place:
    """Where a store's SQLite file is."""

    file: str
    rehearsal: Path | None = None
    shared: bool = False
    patience: Patience = PATIENCE

    @property
    def seconds(self) -> float:
        """For how many seconds a new connection waits."""
        if not self.shared:
            return self.patience.alone
        return self.patience.loop if _on_loop() else self.patience.shared

    def connect(self) -> sqlite3.Connection:
        """Open the file."""
        return sqlite3.connect(
            self.rehearsal or self.file, timeout=self.seconds, isolation_level=None, check_same_thread=False
        )


def open_store(
    url: str | Path,
    *,
    migrate: bool = True,
    ties: Path | None = None,
    shared: bool = False,
    patience: Patience = PATIENCE,
    quota: Quota = QUOTA,
) -> Store:
    """Open the database at an SQLAlchemy URL (or a path to an SQLite file) and bring its tables up to date.

    `ties` is the folder for what must not be in a database (`academy.store.ties`). `shared` is for a server, where
    many wait together: it waits for its turn more briefly, above all on its loop.
    """
    text = str(url) if "://" in str(url) else f"sqlite:///{url}"
    store = _store(text, shared, patience, quota)
    store.ties = ties_of(text, ties)
    if migrate:
        with _said():
            _migrate(store)
    return store


def _on_loop() -> bool:
    """Whether a loop runs in this thread, and with it all that it serves."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True


def _store(url: str, shared: bool, patience: Patience, quota: Quota) -> Store:
    if not url.startswith("sqlite"):
        engine = sa.create_engine(url, pool_pre_ping=True)
        return Store(engine, shared=shared, patience=patience, quota=quota)
    place = _Place(sa.make_url(url).database or ":memory:", shared=shared, patience=patience)
    engine = sa.create_engine(url, creator=place.connect)

    @sa.event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute(f"PRAGMA busy_timeout = {round(place.seconds * 1000)}")
        connection.execute("PRAGMA journal_mode = WAL")

    return Store(engine, place, shared=shared, patience=patience, quota=quota)


@contextmanager
def _said() -> Iterator[None]:
    """Turn errors of the database into sentences."""
    try:
        yield
    except (sa.exc.OperationalError, sa.exc.DatabaseError, sqlite3.DatabaseError) as error:
        if isinstance(error, sa.exc.IntegrityError | sqlite3.IntegrityError):
            raise
        sentence = _sentence(str(getattr(error, "orig", error)).lower())
        raise (BusyError if sentence == BUSY else StoreError)(sentence) from error


def _sentence(text: str) -> str:
    if "full" in text or "no space" in text:
        return FULL
    if "readonly" in text or "read-only" in text or "unable to open" in text or "disk i/o" in text:
        return READ_ONLY
    if "locked" in text or "busy" in text or "lock timeout" in text:
        return BUSY
    return DAMAGED


def _migrate(store: Store) -> None:
    """Run the Alembic migrations that this database has not had yet."""
    versions = _versions()
    found = None
    with store.engine.connect() as connection:
        if sa.inspect(connection).has_table("alembic_version"):
            found = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
            if found == max(versions):
                return
            if found is not None and found not in versions:
                raise StoreError(NEWER)
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")))
    with store.write() as session:
        config.attributes["connection"] = session.connection()
        config.attributes["ties"] = store.ties
        command.upgrade(config, "head")
    if found is not None:
        store.scrub()
    elif store.engine.dialect.name == "sqlite":
        with store.engine.connect() as connection:
            # The tables are in the file itself from then on: without its write-ahead file it does not look new.
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")


def _versions() -> set[str]:
    """The migrations that there are: files are named by their number."""
    return {path.stem for path in (Path(__file__).with_name("migrations") / "versions").glob("[0-9]*.py")}
