"""Editions that are served: each is read when somebody comes to it, and followed from then on."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import sqlalchemy as sa

from academy.course import LatestCourse
from academy.editions import Edition, Editions, edition_of_code
from academy.errors import StoreError
from academy.live.ballots import normal_code
from academy.store.schema import Enrolment
from academy_app.server.edition_site import EditionSite

if TYPE_CHECKING:
    from academy_app.server.site import Site

__all__ = ["ServedEditions"]

LOOK_SECONDS = 0.5
"""For so long what is known of the editions is new enough."""


class ServedEditions:
    """The editions of the data folder, as the store has them now."""

    def __init__(self, site: Site, clock: Callable[[], float] = time.monotonic) -> None:
        self._site, self._clock = site, clock
        self._lock = threading.Lock()
        self._known: dict[str, Edition] = {}
        self._looked = float("-inf")
        self._latest: dict[str, LatestCourse] = {}
        self._sites: dict[str, EditionSite] = {}
        self._looking: dict[str, asyncio.Future[None]] = {}

    def all(self) -> list[Edition]:
        """Return all editions, the oldest first."""
        now = self._clock()
        if now - self._looked >= LOOK_SECONDS:
            try:
                self._known = {edition.id: edition for edition in Editions(self._site.store).all()}
                self._looked = now
            except StoreError:
                if not self._known:
                    raise
        return list(self._known.values())

    def known(self, edition_id: str) -> bool:
        """Whether there is an edition of that id."""
        return any(edition.id == edition_id for edition in self.all())

    def roles(self, person_id: str) -> dict[str, str]:
        """Return what somebody is, in each edition that they are in and have not left."""
        query = sa.select(Enrolment.edition, Enrolment.role).where(
            Enrolment.person_id == person_id, Enrolment.active
        )
        with self._site.store.session() as session:
            return {edition: role for edition, role in session.execute(query)}  # noqa: C416

    @property
    def first(self) -> str | None:
        """The edition that addresses from before there were editions lead to; None if there is none."""
        return next((edition.id for edition in self.all() if edition.id == edition.course), None)

    def of_code(self, code: str) -> str | None:
        """Return the edition in which a live session has a code, or None."""
        normal = normal_code(code.partition(".")[0])
        return None if normal is None else edition_of_code(self._site.store, normal)

    def read(self) -> Iterator[EditionSite]:
        """Return those that somebody has come to."""
        return iter(list(self._sites.values()))

    def site(self, edition_id: str) -> EditionSite:
        """Return an edition that is known. Raises CourseError if its course can't be read and never could."""
        edition = next(edition for edition in self.all() if edition.id == edition_id)
        found = self._sites.get(edition_id)
        if found is None or found.edition != edition:
            with self._lock:
                latest = self._latest.get(edition.course)
                if latest is None:
                    latest = self._latest[edition.course] = LatestCourse(edition.course)
            if found is None:
                found = self._sites[edition_id] = EditionSite(self._site, edition, latest)
            else:
                found.change(edition, latest)
        return found

    async def fresh(self, edition_id: str) -> EditionSite:
        """Return an edition with its course as the files are now; meanwhile others are answered."""
        looking = self._looking.get(edition_id)
        if looking is None or looking.done():
            found = self._sites.get(edition_id)
            if found is not None and found.edition in self.all() and not found.latest.due:
                return found
            loop = asyncio.get_running_loop()
            looking = self._looking[edition_id] = loop.run_in_executor(None, self._look, edition_id)
        await asyncio.shield(looking)
        return self.site(edition_id)

    def _look(self, edition_id: str) -> None:
        self.site(edition_id).latest.look()

    def close(self) -> None:
        """End all live rooms."""
        for found in self.read():
            found.rooms.close()
