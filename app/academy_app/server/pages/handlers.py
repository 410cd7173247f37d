"""Handlers of pages, each with a kernel of its own."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncGenerator
from functools import partial
from html import escape
from typing import Any

from jupyter_server.auth.decorator import allow_unauthenticated
from tornado import web
from tornado.iostream import StreamClosedError
from traitlets.config import Config

from academy.html_language import with_language
from academy.private_names import is_tested
from academy_app.server.base import AcademyHandler, EditionHandler, PageHandler
from academy_app.server.kernels.admission import Turn, Waiter
from academy_app.server.kernels.manager import OwnedKernels
from academy_app.server.pages.embedded import slim
from academy_app.server.pages.files import PageFile
from academy_app.server.pages.render import PageExporter, PageRenderer
from academy_app.server.pages.running import KernelSilentError
from academy_app.server.pages.waiting import pause_until_next_look, place_text
from academy_app.server.policy import page_policy
from academy_app.server.routing import edition_in
from academy_app.server.signin.identity import Visitor

__all__ = ["AssetHandler", "CoursePage", "NotFoundHandler", "WidgetCodeHandler"]

KEPT_COOKIE = "academy-kept"
"""What a device has of a page from its last visit; the page's own script writes it."""
BEAT_SECONDS = 10.0
LOOK_SECONDS = 1.0
LONGEST_SECONDS = 180.0
FIRST_PATIENCE, PATIENCE = 1.5, 8.0
"""How long a request waits for its turn before it is answered with a number: the first one, and later ones, which
have a page with a number on the screen."""
REFRESH_SECONDS = 1


class RenderError(Exception):
    """The kernel died or took too long."""


class CoursePage(EditionHandler):
    """`/voila/render/<page>.ipynb`."""

    kernel_manager: OwnedKernels
    leads_on = True
    """Whether a page that wants to be full is opened as one."""
    _gone = False
    _begun = False
    """Whether something of the page was sent."""
    _waiter: Waiter | None = None

    def initialize(self, exporter: PageExporter, config: Config) -> None:
        """Take what the renderer needs."""
        self.exporter = exporter
        self.traitlet_config = config

    @web.authenticated
    async def get(self, path: str) -> None:
        """When it is the person's turn start a kernel, run the notebook, send the page piece by piece."""
        page, visitor = self._page(path), self.visitor
        assert visitor is not None
        if "prefetch" in self.request.headers.get("Sec-Purpose", self.request.headers.get("Purpose", "")):
            raise web.HTTPError(503)  # nobody is looking yet: no kernel
        if self.leads_on and page.full and is_tested("full-page"):
            self.redirect(f"{self.base_url}voila/full/{page.path}")
            return
        turn = await self._turn(page, visitor)
        if turn is None:
            return
        try:
            await self._open(page, visitor, turn)
        finally:
            if self._gone:
                turn.abandon()
            else:
                turn.done()

    def on_connection_close(self) -> None:
        """Notice that nobody waits for the page any more."""
        self._gone = True
        if self._waiter is not None:
            self._waiter.give_up()
        super().on_connection_close()

    async def _turn(self, page: PageFile, visitor: Visitor) -> Turn | None:
        """Wait in the line; returns None when the answer was a number, or nobody waits any more."""
        self._waiter = waiter = self.kernel_manager.admission.waiter(
            visitor.person_id, f"{self.edition.id}/{page.path}"
        )
        found = await waiter.turn(PATIENCE if waiter.returning else FIRST_PATIENCE)
        if self._gone:
            return None
        if isinstance(found, Turn):
            return found
        self.set_header("Retry-After", str(REFRESH_SECONDS))
        self.show(
            "waiting.html",
            503,
            title=self.gettext("Very many people are here just now"),
            text=place_text(found, self.gettext),
            place=f"{self.base_url}place/{page.path}",
            next=pause_until_next_look(found),
            refresh=REFRESH_SECONDS,
            script=self.site.assets.urls().get("wait.js"),
        )
        return None

    async def _open(self, page: PageFile, visitor: Visitor, turn: Turn) -> None:
        renderer = self._renderer(page, visitor)
        kernel_id = await self.kernel_manager.start_for(visitor, self.edition, page.file.parent)
        turn.has_kernel = True
        self.set_header("Content-Type", "text/html; charset=utf-8")
        try:
            await self._send(renderer, kernel_id)
        except (RenderError, KernelSilentError, StreamClosedError) as reason:
            self.log.warning("The page %s was not finished: %s", page.path, type(reason).__name__)
            await self._give_up(renderer, kernel_id)
        except Exception:
            self.log.exception("The page %s failed.", page.path)
            await self._give_up(renderer, kernel_id)

    @property
    def content_security_policy(self) -> str:
        """What the page may load."""
        scripts = self.site.assets.too_old()
        return page_policy(self.request.host, self.site.options.frame_ancestors, scripts)

    def _page(self, path: str) -> PageFile:
        page = self.edition.pages.find(path, self.lang)
        if page is None:
            raise web.HTTPError(404)
        if page.for_facilitators and (self.visitor is None or self.visitor.role != "facilitator"):
            raise web.HTTPError(403)
        return page

    def _renderer(self, page: PageFile, visitor: Visitor) -> PageRenderer:
        fallback = page.name.rpartition("/")[2].replace("-", " ").capitalize()
        context = self.edition.context(
            language=self.lang,
            person=visitor,
            title=self.edition.title_of(page.name, self.lang, fallback),
            here=self.request.path,
            xsrf=self.xsrf_token.decode(),
        )
        context["host"] = (
            self.request.host
        )  # a page that knows itself under another one is not reached by sockets
        context |= self.edition.text_language(page.language, self.lang)
        keep = partial(self.site.widget_code.keep, visitor.person_id)
        smaller = partial(slim, keep=keep, has=(self.get_cookie(KEPT_COOKIE) or "").split("."))
        renderer = PageRenderer(page, context, smaller, self.exporter, self.traitlet_config)
        if title := renderer.notebook.metadata.get("title"):
            context["title"] = context["title"] if context["title"] != fallback else title
        return renderer

    async def _send(self, renderer: PageRenderer, kernel_id: str) -> None:
        await self._send_all(renderer.pieces(kernel_id, self.kernel_manager.get_kernel(kernel_id)), kernel_id)

    async def _send_all(self, pieces: AsyncGenerator[tuple[str, Any], None], kernel_id: str) -> None:
        async with asyncio.timeout(LONGEST_SECONDS), contextlib.aclosing(pieces):
            while (piece := await self._next(pieces, kernel_id)) is not None:
                self.write(with_language(piece, self.lang))
                self._begun = True
                await self.flush()
        self.finish()

    async def _next(
        self,
        pieces: AsyncGenerator[tuple[str, Any], None],
        kernel_id: str,
        look: float = LOOK_SECONDS,
        beat: float = BEAT_SECONDS,
    ) -> str | None:
        """Return the next piece, or None at the end; meanwhile keep the connection alive and watch the kernel."""
        task = asyncio.ensure_future(anext(pieces, None))
        waited = 0.0
        try:
            while not (await asyncio.wait({task}, timeout=look))[0]:
                waited += look
                if self._gone:
                    raise StreamClosedError
                if kernel_id not in self.kernel_manager.owners:
                    raise RenderError
                if waited >= beat:
                    waited = 0.0
                    self.write("<!-- still starting -->\n")  # proxies close a line that is silent
                    self._begun = True
                    await self.flush()
            found = task.result()
        finally:
            if not task.done():
                task.cancel()
                await asyncio.wait({task})
        return None if found is None else found[0]

    async def _give_up(self, renderer: PageRenderer, kernel_id: str) -> None:
        """End the page with a sentence, and the kernel with it: nobody else knows of it."""
        renderer.close()
        with contextlib.suppress(StreamClosedError):
            if not self._gone and not self._begun:
                self.send_error(500)
            elif not self._gone:
                texts = renderer.academy["texts"]
                self.write(
                    f'<div class="academy-failed" role="alert"><p>{escape(texts["failed_start"])}</p>'
                    f'<p><a href="">{escape(texts["reopen"])}</a></p></div>\n'
                )
                self.finish()
        await self.kernel_manager.end(kernel_id, now=True)


class NotFoundHandler(PageHandler):
    """Every address that is not in the list of routes."""

    renews_cookie = False

    def edition_meant(self) -> str | None:
        """Return the edition below whose address there is no such page: from here one goes on within it."""
        found = edition_in(self.request.path, self.site.base)
        return found if found and self.site.editions.known(found) else None

    @allow_unauthenticated
    def get(self) -> None:
        """Say that there is no such page."""
        raise web.HTTPError(404)

    head = post = put = patch = delete = options = get

    def check_xsrf_cookie(self) -> None:
        """There is nothing here that could be forged."""


class AssetHandler(AcademyHandler):
    """`/assets/<file>`: built files, which never change under one name."""

    async def prepare(self) -> None:  # type: ignore[override]
        """These are the same for everybody: nobody is asked for."""
        self.current_user = self._jupyter_current_user = None

    def set_default_headers(self) -> None:
        """Set only what a file needs: on a slow line each header costs time."""
        self.clear_header("Server")
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("Cross-Origin-Resource-Policy", "same-origin")

    def compute_etag(self) -> str | None:
        """Return none: the name says it all."""
        return None

    @allow_unauthenticated
    def get(self, file: str) -> None:
        """Send the file."""
        found = self.site.assets.read(file, self.request.headers.get("Accept-Encoding", ""))
        if found is None:
            raise web.HTTPError(404)
        content, kind, encoding = found
        self.set_header("Content-Type", kind)
        self.set_header("Cache-Control", "public, max-age=31536000, immutable")
        if encoding:
            self.set_header("Content-Encoding", encoding)
        self.finish(content)

    def write_error(self, status_code: int, **_: Any) -> None:
        """Refuse with the bare status."""
        self.finish()


class WidgetCodeHandler(AcademyHandler):
    """`/widgets/<file>`: code of a notebook's own widget, for the person whose page names it."""

    async def prepare(self) -> None:  # type: ignore[override]
        """Find out who asks; a script gets a status, never the sign-in page."""
        await super().prepare(_redirect_to_login=False)

    @allow_unauthenticated
    def get(self, file: str) -> None:
        """Send the file."""
        found = self.visitor and self.site.widget_code.read(self.visitor.person_id, file)
        if not found:
            raise web.HTTPError(404)
        content, kind = found
        self.set_header("Content-Type", kind)
        self.set_header("Cache-Control", "private, max-age=31536000, immutable")
        self.finish(content)

    def write_error(self, status_code: int, **_: Any) -> None:
        """Refuse with the bare status."""
        self.finish()
