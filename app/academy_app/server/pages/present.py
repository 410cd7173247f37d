"""Handler of `/present/<notebook>`: a week's page for the whole room, one slide at a time."""

from __future__ import annotations

import io
import re

from tornado import web

from academy import i18n
from academy.course import LiveActivity, Webinar
from academy.course.live_kinds import NOT_ON_SLIDES, KindKeys
from academy.live import Live
from academy.live.prose import prose_html
from academy.store import Settings
from academy_app.server.base import EditionHandler
from academy_app.server.pages.files import PageFile
from academy_app.server.pages.handlers import CoursePage
from academy_app.server.pages.render import PageRenderer
from academy_app.server.signin.identity import Visitor
from academy_widgets.texts import present_texts

__all__ = ["JoinPicture", "PresentPage"]

PUBLIC_URL = "links.url"
"""Where the address is kept under which people reach the server."""
_LIVE_CALL = re.compile(r"""\blive\(\s*["']([\w-]+)["']""")
_LOCAL = re.compile(r"(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?", re.IGNORECASE)


class PresentPage(CoursePage):
    """The same notebook as `/voila/render/<notebook>.ipynb`, for facilitators who show it."""

    leads_on = False

    def _page(self, path: str) -> PageFile:
        """Return the page. Who may not present learns nothing about what there is."""
        if self.visitor is None or self.visitor.role != "facilitator":
            raise web.HTTPError(403)
        return super()._page(path if path.endswith(".ipynb") else f"{path}.ipynb")

    def _renderer(self, page: PageFile, visitor: Visitor) -> PageRenderer:
        renderer = super()._renderer(page, visitor)
        renderer.academy["present"] = {
            "base": self.base_url,
            "join": join_address(self),
            "xsrf": self.xsrf_token.decode(),
            "me": visitor.person_id,
            "dir": i18n.direction(self.lang),
            "texts": _texts(self.lang),
            "webinars": {webinar.id: self._shown(webinar) for webinar in self._webinars(renderer)},
        }
        return renderer

    def _webinars(self, renderer: PageRenderer) -> list[Webinar]:
        """The webinars that the page's cells name."""
        course = self.edition.course(self.lang)
        cells = [cell.source for cell in renderer.notebook.cells if cell.cell_type == "code"]
        named = dict.fromkeys(name for source in cells for name in _LIVE_CALL.findall(source))
        return [webinar for name in named if (webinar := course.webinar(name)) is not None]

    def _shown(self, webinar: Webinar) -> dict[str, object]:
        room = Live(self.site.store, self.edition.course(self.lang), self.site.data.secret).of(webinar.id)
        return {
            "id": webinar.id,
            "title": webinar.title,
            "code": None if room is None else room.code,
            "activities": [_activity(activity) for activity in webinar.activities],
        }


class JoinPicture(EditionHandler):
    """`/present/qr/<code>.svg`: the join address to scan. For participants it holds no more than its own address."""

    @web.authenticated
    async def get(self, code: str) -> None:
        """Draw it, dark on white whatever the page's colours are: cameras want it so.

        For a facilitator the link has its token, with which nobody waits because others guess codes.
        """
        import segno

        drawn = io.BytesIO()
        address = f"{self.request.protocol}://{join_address(self)}/{await self._word(code)}"
        segno.make(address, error="m", micro=False).save(
            drawn, kind="svg", border=3, dark="#000", light="#fff", xmldecl=False, nl=False, unit="", scale=8
        )
        self.set_header("Content-Type", "image/svg+xml")
        self.finish(drawn.getvalue())

    async def _word(self, code: str) -> str:
        hub = self.edition.rooms
        channel = None
        if self.visitor is not None and self.visitor.role == "facilitator":
            channel = await hub.find(code)
        if channel is None:
            return code
        return f"{code}.{self.site.accounts.keys.live_token(channel.room.id, channel.room.code)}"


def join_address(handler: EditionHandler) -> str:
    """Return the address at which people join, without its scheme: what the presenter's own browser calls the server,
    or, where that is a name for this computer alone, what its administrator said."""
    host = handler.request.host
    base = f"{host}{handler.site.base}"
    told = Settings(handler.site.store).get(PUBLIC_URL)
    if _LOCAL.fullmatch(host) and told:
        base = told.partition("://")[2]
    return f"{base}live"


SHOWN = {"id", "kind", "title", "minutes", "names", "show"} | (KindKeys.model_fields.keys() - NOT_ON_SLIDES)
"""Keys of an activity that the slides show as they are; of options and texts `_activity` says how."""


def _activity(activity: LiveActivity) -> dict[str, object]:
    """An activity as the slides show it. What is right is not in it: the room's state tells it when it is revealed."""
    told: dict[str, object] = activity.model_dump(include=SHOWN)
    options = [{"id": o.id, "text": o.text, "why": o.why} for o in activity.options]
    texts = {name: prose_html(getattr(activity, name)) for name in ("prompt", "why", "notes")}
    return told | texts | {"options": options}


def _texts(language: str) -> dict[str, str]:

    return present_texts(language)
