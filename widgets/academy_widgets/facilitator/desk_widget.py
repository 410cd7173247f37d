"""The facilitators' desk: one widget that keeps itself up to date."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Mapping

import traitlets

from academy.documents.desk_state import DeskReply
from academy.errors import AcademyError
from academy.session import current
from academy_widgets.facilitator.cohort_desk import CohortDesk
from academy_widgets.texts import desk_texts
from academy_widgets.widget import PageWidget

__all__ = ["FacilitatorDesk"]

SECONDS = 1.0
"""So often it is looked for something new: a question to the database that costs a thousandth of that."""


class FacilitatorDesk(PageWidget):
    """Shows the cohort, and passes messages to the desk."""

    doc = traitlets.Dict().tag(sync=True)

    def __init__(self, desk: CohortDesk | None, language: str) -> None:
        super().__init__("desk", desk_texts(language), language, doc=_document(desk))
        self._desk = desk
        self._watching: asyncio.Task[None] | None = None

    @classmethod
    def for_current(cls) -> FacilitatorDesk:
        """Return the desk of the person at the page; one that says whose page it is for everybody else."""
        session = current()
        if session is None:
            return cls(None, "en")
        desk = cls(CohortDesk(session), session.language)
        desk.watch()
        return desk

    def watch(self) -> None:
        """Tell the page of changes from now on, where there is a loop in which to look for them."""
        with contextlib.suppress(RuntimeError):
            self._watching = asyncio.get_running_loop().create_task(self._keep_watching())

    def tell(self) -> None:
        """Tell the page what changed, if anything did."""
        if self._desk is not None:
            try:
                found = self._desk.changes()
            except AcademyError:
                return  # the database is busy: at the next look
            if found is not None:
                self.send(found)

    async def _keep_watching(self) -> None:
        while True:
            await asyncio.sleep(SECONDS)
            self.tell()

    def reply(self, message: object) -> DeskReply | None:
        """Let the desk answer."""
        return self._desk.answer(message) if self._desk else None


def _document(desk: CohortDesk | None) -> Mapping[str, object]:
    if desk is None:
        return {"refused": "Nobody is signed in here: open this page in the app."}
    try:
        return desk.document()
    except AcademyError as error:
        return {"refused": desk.gettext(str(error))}
