"""Base classes of request handlers: headers, the person's language, plain error pages."""

from __future__ import annotations

import logging
import math
import re
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Any

import jinja2
from jupyter_server.base.handlers import JupyterHandler
from tornado import web

from academy import i18n, languages
from academy.errors import StoreError
from academy.html_language import with_language
from academy.people import Person
from academy_app.server.edition_site import EditionSite
from academy_app.server.policy import form_policy
from academy_app.server.signin.identity import Visitor
from academy_app.server.signin.newcomers import browser_of
from academy_app.server.site import Site

__all__ = ["AcademyHandler", "EditionHandler", "PageHandler", "SecretlessLog", "log_request", "reason_of"]

OTHER_ADDRESS = "the address is not passed on"
log = logging.getLogger("academy_app.server")
_SECRETS = re.compile(r"(/(?:j|join|live)/)[^/?#]*")
_templates = jinja2.Environment(
    loader=jinja2.FileSystemLoader(Path(__file__).with_name("templates")),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
    undefined=jinja2.StrictUndefined,
)


def reason_of(about: Mapping[str, Any]) -> str:
    """Return the reason that was given with an HTTP error, from what `write_error` is given."""
    error = (about.get("exc_info") or (None, None, None))[1]
    return str(about.get("reason") or getattr(error, "reason", None) or "")


def without_secrets(text: str) -> str:
    """Return a request's address without the token or code in it, for logs."""
    return _SECRETS.sub(r"\1…", text.partition("?")[0])


def log_request(handler: web.RequestHandler) -> None:
    """Write one line about a finished request."""
    request = handler.request
    level = logging.INFO if handler.get_status() < 500 else logging.ERROR
    address = without_secrets(request.uri or "")
    milliseconds = 1000 * request.request_time()
    log.log(level, "%s %s %s %.0f ms", handler.get_status(), request.method, address, milliseconds)


class SecretlessLog:
    """For handlers: no token or code in the log, no traceback to the visitor."""

    request: Any

    def log_exception(
        self,
        typ: type[BaseException] | None,
        value: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        """Log what went wrong. (Tornado's own line holds the whole address.)"""
        if isinstance(value, StoreError):
            log.warning("%s: %s", self._request_summary(), value)
        elif not isinstance(value, web.HTTPError):
            log.error("%s failed", self._request_summary(), exc_info=value)
        elif value.log_message:
            log.warning("%s %s: %s", value.status_code, self._request_summary(), value.get_message())

    def send_error(self, status_code: int = 500, **kwargs: Any) -> None:
        """Answer with an error: what the database can't do just now is no fault of the program."""
        error = (kwargs.get("exc_info") or (None, None, None))[1]
        parent: Any = super()
        parent.send_error(503 if isinstance(error, StoreError) else status_code, **kwargs)

    def _request_summary(self) -> str:
        return f"{self.request.method} {without_secrets(self.request.uri or '')}"


class AcademyHandler(SecretlessLog, JupyterHandler):
    """A handler of this site."""

    def check_xsrf_cookie(self) -> None:
        """Look for the word against forged requests; tell who comes by an address that the server does not know."""
        if hasattr(self, "_jupyter_current_user") and not self.check_origin():
            raise web.HTTPError(403, reason=OTHER_ADDRESS)
        super().check_xsrf_cookie()

    of_edition = False
    """Whether this address belongs to an edition, and means nothing without one."""
    _edition: EditionSite | None = None

    async def prepare(self, *, _redirect_to_login: bool = True) -> None:
        """Begin with the edition as it is now, then find out who asks."""
        named: str | None = getattr(self.request, "edition", None)
        edition_id = named or self.edition_meant()
        if edition_id is not None:
            self._edition = await self.site.editions.fresh(edition_id)
        elif self.of_edition:
            raise web.HTTPError(404)
        if self.of_edition and named is None and self.moves_on and self.request.method in ("GET", "HEAD"):
            # an address from before there were editions
            self.redirect(self.base_url + str(self.request.uri).removeprefix(self.site.base))
            return
        await super().prepare(_redirect_to_login=_redirect_to_login)

    moves_on = True
    """Whether an address that names no edition leads to the one that does."""

    def edition_meant(self) -> str | None:
        """Return the edition that an address means which names none: the first there was."""
        return self.site.editions.first if self.of_edition else None

    @property
    def site(self) -> Site:
        """All that this server serves."""
        site: Site = self.settings["academy"]
        return site

    @property
    def edition(self) -> EditionSite:
        """The edition that the address belongs to. Raises 404 where it belongs to none."""
        if self._edition is None:
            raise web.HTTPError(404)
        return self._edition

    @property
    def in_edition(self) -> bool:
        """Whether the address belongs to an edition: then only those who are in it are known."""
        return self._edition is not None

    def member(self, person_id: str) -> Person | None:
        """Return who somebody is in the edition; None for who is not in it, or has left."""
        person = self.edition.people.get(person_id)
        return person if person is not None and person.active else None

    @property
    def base_url(self) -> str:
        """The address below which everything of the edition lies, or of the site where there is no edition."""
        return self.site.base if self._edition is None else self._edition.base

    @property
    def home(self) -> str:
        """The address of the first page: the edition's, or the one that lists courses."""
        return self.site.base if self._edition is None else self._edition.home

    @property
    def visitor(self) -> Visitor | None:
        """Who asks, if they are signed in (also known while an error is shown)."""
        user = getattr(self, "_jupyter_current_user", None)
        return user if isinstance(user, Visitor) else None

    @property
    def embedded(self) -> bool:
        """Whether other sites may show the pages in a frame."""
        return any(source not in ("'self'", "'none'") for source in self.site.options.frame_ancestors)

    @property
    def content_security_policy(self) -> str:
        """What the answer may load: our own files, nothing else."""
        return form_policy(self.request.host, self.site.options.frame_ancestors)

    def set_default_headers(self) -> None:
        """Set what protects every answer."""
        super().set_default_headers()
        self.clear_header("Server")
        self.set_header("Cache-Control", "no-store")
        # not `no-referrer`: with it browsers send `Origin: null` with our own forms, and the origin check fails
        self.set_header("Referrer-Policy", "same-origin")
        self.set_header("Cross-Origin-Opener-Policy", "same-origin")
        self.set_header("Cross-Origin-Resource-Policy", "same-origin")
        self.set_header("Permissions-Policy", "camera=(), microphone=(), geolocation=()")

    def set_cookie(self, name: str, value: str | bytes, *args: Any, **kwargs: Any) -> None:
        """Set a cookie for our pages alone, and over TLS alone where there is TLS."""
        kwargs = {"samesite": "Lax", "path": self.site.base, **kwargs}
        if self.request.protocol == "https":
            kwargs["secure"] = True
            if self.embedded:
                kwargs["samesite"] = "None"  # in another site's frame no other cookie is kept
        super().set_cookie(name, value, *args, **kwargs)

    def add_header(self, name: str, value: Any) -> None:
        """Add a header. A cookie for a frame is kept for that site's frames apart, where browsers know how.

        (The standard library can't write this attribute before Python 3.14.)
        """
        if name == "Set-Cookie" and "SameSite=None" in value and "Partitioned" not in value:
            value += "; Partitioned"
        super().add_header(name, value)


class PageHandler(AcademyHandler):
    """A handler that answers with a page for a person."""

    renews_cookie = True

    @cached_property
    def lang(self) -> str:
        """The language of the answer: the person's, else what the browser asks for, else the course's."""
        offered, default = self.languages, self.default_language
        if self.visitor:
            return languages.nearest(self.visitor.language or "", offered) or default
        asked = self.request.headers.get("Accept-Language", "")
        kept = languages.nearest(self.get_cookie(self.language_cookie) or "", offered)
        return kept or languages.accepted(asked, offered) or default

    @property
    def languages(self) -> list[str]:
        """The languages to choose from: the edition's, or all that the kit speaks."""
        return list(i18n.LANGUAGES) if self._edition is None else self._edition.languages

    @property
    def default_language(self) -> str:
        """The language for who has chosen none."""
        return "en" if self._edition is None else self._edition.default_language

    @property
    def language_cookie(self) -> str:
        """The name of the cookie that remembers a language before signing in."""
        return f"academy-lang-{self.site.cookie_suffix}"

    def gettext(self, sentence: str) -> str:
        """Return a sentence in the language of the answer."""
        return i18n.translator(self.lang)(sentence)

    def local_path(self, path: str) -> str:
        """Return `path` if it lies within this site, else the address of the home page."""
        plain = all(char > " " and char != "\\" for char in path)
        here = path.startswith(self.site.base) and not path.startswith("//")
        return path if plain and here else self.home

    def newcomer(self) -> tuple[int, str | None, str]:
        """Say whether somebody new may come in with this browser: a status, its mark, and a sentence if not."""
        browser, newcomers = browser_of(self), self.site.newcomers
        if browser is None:
            text = self.gettext(
                "Please send the form once more. If that does not help: your browser keeps no cookies."
            )
            return 400, None, text
        if newcomers.too_many(browser):
            text = self.gettext(
                "Very many people have come in with this device today. Please ask your facilitator for a personal link."
            )
            return 429, None, text
        if seconds := math.ceil(newcomers.wait(self.request.remote_ip or "")):
            self.set_header("Retry-After", str(seconds))
            text = self.gettext(
                "Very many people are coming in just now. Please send the form again in a minute."
            )
            return 429, None, text
        return 200, browser, ""

    def show(self, template: str, status: int = 200, **values: Any) -> None:
        """Answer with one of our own small pages."""
        self.set_status(status)
        self.set_header("Content-Type", "text/html; charset=utf-8")
        html = _templates.get_template(template).render(
            _=i18n.sentences(self.lang),
            _n=i18n.plural(self.lang),
            lang=self.lang,
            dir=i18n.direction(self.lang),
            said=i18n.foreign(self.lang),
            said_script=self.site.assets.urls().get("said.js"),
            course="Academy Kit" if self._edition is None else self._edition.title(self.lang),
            base_url=self.base_url,
            home_url=self.home,
            languages=self.site.language_choice(self.languages, self.lang),
            here=self.request.path if self.request.method == "GET" else self.home,
            xsrf=self.xsrf_token.decode(),
            visitor=self.visitor,
            too_old=self.site.assets.too_old() if values.get("script") else (),
            **values,
        )
        html = with_language(html, self.lang)
        ancestors = self.site.options.frame_ancestors
        scripts = self.site.assets.too_old() if values.get("script") else ()
        self.set_header("Content-Security-Policy", form_policy(self.request.host, ancestors, html, scripts))
        self.finish(html)

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        """Answer with a plain page: what happened, and what to do."""
        error = (kwargs.get("exc_info") or (None, None, None))[1]
        if isinstance(error, StoreError):  # those of courses and folders are sentences for the facilitator
            sent = self.request.method == "POST"
            more = {"back": self.local_path(self.get_body_argument("next", ""))} if sent else {}
            text = self.gettext(str(error))
            self.show(
                "message.html", 503, title=self.gettext("Just a moment"), text=text, again=not sent, **more
            )
            return
        title, text = self._explain(status_code, reason_of(kwargs))
        self.show("message.html", status_code, title=title, text=text, again=status_code >= 500)

    def _explain(self, status: int, reason: str) -> tuple[str, str]:
        """What happened, by its status and the reason that was given for it, and what to do."""
        _ = self.gettext
        if status == 404:
            return _("There is no such page"), _("Please check the address, or go on from the home page.")
        if status == 403 and reason == OTHER_ADDRESS:
            return _("The address of this page is not passed on"), _(
                "Your browser is at {origin}, and the server was told {host}. A program between them (a reverse proxy) "
                "has to pass the address on: the README of Academy Kit shows how. Please tell your facilitator or "
                "administrator."
            ).format(
                origin=self.request.headers.get("Origin", "")[:200],
                host=self.request.headers.get("Host", "")[:200],
            )
        if status == 403 and self.request.method == "POST":
            return _("Please try once more"), _(
                "This form was open for too long, or your browser keeps no cookies. Open the page again and send it "
                "once more."
            )
        if status == 403:
            return _("This page is for facilitators"), _("You can go on from the home page.")
        if status < 500:
            return _("That did not work"), _("You can go on from the home page.")
        return _("Something went wrong"), _(
            "The page could not be shown. Your answers are kept. Please try again."
        )


class EditionHandler(PageHandler):
    """A handler that answers with a page of an edition."""

    of_edition = True
