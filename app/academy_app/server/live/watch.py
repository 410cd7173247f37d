"""Watches for changes by other processes: notifications of PostgreSQL, polled revisions in SQLite."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable

from academy.live import Live
from academy.live.session import CHANNEL

__all__ = ["RevisionWatch"]

log = logging.getLogger("academy_app.server")
LOOK_SECONDS, LISTEN_SECONDS, TIDY_SECONDS = 0.3, 2.0, 30.0
TIDY_SHARE = 50
"""So many times as long as tidying takes it rests."""


class RevisionWatch:
    """A thread that calls `changed` with the number of each session that has a new revision, or was closed.

    It looks while there are any in `followed`, the sessions that somebody follows here.

    Notices can be lost with a connection, so PostgreSQL's revisions are looked at as well, less often.
    """

    def __init__(self, live: Live, changed: Callable[[int], None], followed: Callable[[], set[int]]) -> None:
        self._live, self._changed, self._followed = live, changed, followed
        self.listening = threading.Event()
        """Set while PostgreSQL tells."""
        self._seen: dict[int, int] = {}
        self._over: set[int] = set()
        self._tidy_at = 0.0
        self._end = threading.Event()
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()

    def start(self) -> None:
        """Begin, once."""
        with self._lock:
            if self._thread is None:
                postgres = self._live.store.engine.dialect.name == "postgresql"
                work = self._listen if postgres else self._look_again
                self._thread = threading.Thread(target=work, name="live-watch", daemon=True)
                self._thread.start()

    def stop(self) -> None:
        """End."""
        self._end.set()
        if self._thread is not None:
            self._thread.join(5)

    def _look_again(self) -> None:
        while not self._end.wait(LOOK_SECONDS):
            if self._followed():
                self._look()

    def _look(self) -> None:
        try:
            revisions = self._live.revisions()
        except Exception:
            log.exception("The rooms could not be looked at.")
            return
        followed = self._followed()
        gone = (self._seen.keys() | followed) - revisions.keys() - self._over  # closed, here or elsewhere
        if gone:
            self._tidy_at = 0.0
        self._tidy()
        for room in revisions.keys() | gone:
            if room in gone or self._seen.get(room) != revisions[room]:
                self._changed(room)
        self._over = (self._over | gone) & followed
        self._seen = revisions

    def _tidy(self) -> None:
        """Finish what sessions have left: one that was closed, here or by another server or program, at once.

        What takes long in a large database is done the more seldom.
        """
        began = time.monotonic()
        if began >= self._tidy_at:
            self._live.tidy()
            ended = time.monotonic()
            self._tidy_at = ended + max(TIDY_SECONDS, TIDY_SHARE * (ended - began))

    def _listen(self) -> None:
        """Wait for PostgreSQL's notices, on a connection of its own; another one when that is lost."""
        import psycopg

        address = self._live.store.engine.url.set(drivername="postgresql").render_as_string(
            hide_password=False
        )
        while not self._end.is_set():
            try:
                with psycopg.connect(address, autocommit=True) as connection:
                    connection.execute(f"LISTEN {CHANNEL}")
                    self.listening.set()
                    while not self._end.is_set():
                        for notice in connection.notifies(timeout=LISTEN_SECONDS, stop_after=1):
                            self._changed(int(notice.payload.partition(":")[0]))
                        if self._followed():
                            self._look()
            except (psycopg.Error, ValueError):
                self.listening.clear()
                log.warning("PostgreSQL's notices were lost; the rooms are looked at until they are back.")
                self._look()
                self._end.wait(LISTEN_SECONDS)
