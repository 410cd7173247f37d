"""Handlers of results as pictures."""

from __future__ import annotations

from jupyter_server.auth.decorator import allow_unauthenticated
from tornado import web

from academy.errors import BusyError, StoreError
from academy.exports.png import to_png
from academy.live import Room
from academy.live.poster import poster
from academy.live.results import discreet, small_group
from academy_app.server.live.base import LiveHandler

__all__ = ["PictureHandler"]


class PictureHandler(LiveHandler):
    """`/live/<code>/results.svg` and `.png`: one activity's results, without small counts; facilitators only."""

    @allow_unauthenticated
    async def get(self, code: str, kind: str) -> None:
        """Draw and send it."""
        channel = await self.channel(code)
        await self.facilitator(channel)
        activity = self.get_query_argument("activity", "")[:64]
        try:
            drawn = await self.hub.reading(lambda: self._drawn(channel.room, activity, kind))
        except BusyError:
            raise
        except StoreError:
            raise web.HTTPError(404) from None
        self.set_header("Content-Type", "image/png" if kind == "png" else "image/svg+xml")
        name = f"{channel.room.webinar.id}-{activity}.{kind}"
        self.set_header("Content-Disposition", f'attachment; filename="{name}"')
        self.finish(drawn)

    def _drawn(self, room: Room, activity_id: str, kind: str) -> bytes:
        found = room.activity(activity_id)
        webinar = self.edition.course(self.lang).webinar(room.webinar.id)
        said = (webinar and webinar.activity(activity_id)) or found
        svg = poster(said, discreet(found, room.results(activity_id), small_group(self.live)), self.lang)
        return to_png(svg) if kind == "png" else svg.encode()
