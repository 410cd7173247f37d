"""The facilitators' desk: one widget that keeps itself up to date."""

from __future__ import annotations

import asyncio
import contextlib
from typing import Any

import anywidget
import traitlets

from academy import i18n
from academy.errors import AcademyError
from academy.session import current
from academy_widgets import assets
from academy_widgets.cohort_desk import CohortDesk
from academy_widgets.form import on_light_page
from academy_widgets.texts import desk_texts

__all__ = ["FacilitatorDesk"]

MODULE = "@academy/desk"
SECONDS = 1.0
"""So often it is looked for something new: a question to the database that costs a thousandth of that."""


class FacilitatorDesk(anywidget.AnyWidget):
    """Shows the cohort, and passes messages to the desk.

    The synced traits go to the page only: what a page sets on them is never read.
    """

    doc = traitlets.Dict().tag(sync=True)
    texts = traitlets.Dict().tag(sync=True)
    lang = traitlets.Unicode("en").tag(sync=True)
    dir = traitlets.Unicode("ltr").tag(sync=True)
    _esm = traitlets.Unicode().tag(sync=True)
    _css = traitlets.Unicode().tag(sync=True)

    def __init__(self, desk: CohortDesk | None, language: str) -> None:
        light = on_light_page()
        super().__init__(
            doc=_document(desk),
            texts=desk_texts(language),
            lang=language,
            dir=i18n.direction(language),
            _esm=MODULE if light else assets.text("desk.js"),
            _css="" if light else assets.text("desk.css"),
        )
        self._desk = desk
        self.on_msg(self._answer)
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

    def _answer(self, _widget: Any, content: object, _buffers: list[memoryview]) -> None:
        reply = self._desk.answer(content) if self._desk else None
        if reply is not None:
            self.send(reply)


def _document(desk: CohortDesk | None) -> dict[str, Any]:
    if desk is None:
        return {"refused": "Nobody is signed in here: open this page in the app."}
    try:
        return desk.document()
    except AcademyError as error:
        return {"refused": desk.say(str(error))}
