"""Handlers of the waiting page, for people in the admission queue."""

from __future__ import annotations

import json

from academy.i18n import Translator
from academy_app.server.base import EditionHandler
from academy_app.server.kernels.admission import Position
from academy_app.server.kernels.manager import OwnedKernels

__all__ = ["PlaceHandler", "pause_until_next_look", "place_text"]

SOON_SECONDS, LONG_SECONDS = 13, 90
SHORTEST_PAUSE, LONGEST_PAUSE = 1.0, 10.0
FULL_PAUSE = 5.0


class PlaceHandler(EditionHandler):
    """`/place/<page>`: how far a waiting page is. It is asked again and again, and keeps the place."""

    kernel_manager: OwnedKernels
    renews_cookie = False
    moves_on = False

    async def prepare(self) -> None:  # type: ignore[override]
        """A page's script gets a status, never the sign-in page."""
        await super().prepare(_redirect_to_login=False)

    def get(self, page: str) -> None:
        """Say where the person stands; where the turn is near, or there is no place, that the page can be asked for."""
        assert self.visitor is not None
        position = self.kernel_manager.admission.look(self.visitor.person_id, f"{self.edition.id}/{page}")
        self.set_header("Content-Type", "application/json")
        if position is None or position.called:
            self.finish(json.dumps({"go": True}))
            return
        said = {
            "go": False,
            "number": position.number,
            "text": place_text(position, self.gettext),
            "next": pause_until_next_look(position),
        }
        self.finish(json.dumps(said, ensure_ascii=False))

    def write_error(self, status_code: int, **_: object) -> None:
        """Refuse with the bare status."""
        self.finish()


def place_text(position: Position, gettext: Translator) -> str:
    """Say the number, and about how long it takes."""
    seconds = position.seconds
    number = gettext("You are number {number}.").format(number=position.number)
    if seconds is None:
        rest = gettext("All places are taken just now. You come in as soon as one is free.")
    elif seconds < SOON_SECONDS:
        rest = gettext("It takes only a few seconds.")
    elif seconds < LONG_SECONDS:
        rest = gettext("It takes about {seconds} seconds.").format(seconds=5 * round(seconds / 5))
    else:
        rest = gettext("It takes about {minutes} minutes.").format(minutes=round(seconds / 60))
    return f"{number} {rest}"


def pause_until_next_look(position: Position) -> float:
    """Return after how many seconds to ask again: the farther away, the less often."""
    if position.seconds is None:
        return FULL_PAUSE
    return max(SHORTEST_PAUSE, min(LONGEST_PAUSE, position.seconds / 4))
