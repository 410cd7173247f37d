"""Handlers of signing in and out: code, personal link, joining, language."""

from __future__ import annotations

import math
import secrets
from collections import OrderedDict
from contextlib import suppress

from jupyter_server.auth.decorator import allow_unauthenticated

from academy.errors import AccessError, BusyError, PeopleError
from academy.live.ballots import normal_code
from academy.people import Account, People, Person, normalise_code, normalise_token, show_code
from academy_app.server.base import PageHandler
from academy_app.server.kernels.manager import OwnedKernels
from academy_app.server.routing import edition_in
from academy_app.server.signin.identity import CourseIdentity
from academy_app.server.signin.newcomers import mark_browser

__all__ = ["JoinHandler", "Joined", "LanguageHandler", "LinkHandler", "LoginHandler", "LogoutHandler"]

JOINS_KEPT = 2000
SHORTEST_ONCE = 16
"""The mark of a form that our page made; a shorter one is nobody's, and is not remembered."""


class SignInHandler(PageHandler):
    """What the ways of signing in share."""

    identity_provider: CourseIdentity

    def welcome(self, person: Account | Person) -> None:
        """Sign a person in; the language they chose before signing in becomes theirs if they had none."""
        if person.language is None and self.lang != self.default_language:
            with suppress(BusyError):  # this device remembers it all the same
                self.site.accounts.set_language(person.id, self.lang)
        self.identity_provider.sign_in(self, person)

    def first_page(self, person_id: str) -> str:
        """Return where somebody goes who has signed in: to their only course, or to the list of all of theirs."""
        mine = [one for one in self.site.accounts.editions_of(person_id) if self.site.editions.known(one)]
        if self._edition is not None and self._edition.id in mine:
            return self._edition.home
        return f"{self.site.base}c/{mine[0]}/" if len(mine) == 1 else self.site.base

    def too_many(self) -> str | None:
        """Return a sentence if this address must wait before it tries another code."""
        seconds = self.site.guesses.wait(self.request.remote_ip or "")
        if not seconds:
            return None
        self.set_header("Retry-After", str(math.ceil(seconds)))
        return self.gettext(  # the next try comes within seconds
            "There were too many wrong codes. Please try again in one minute. Personal links still work."
        )

    def wrong(self) -> None:
        """Count a wrong code."""
        self.site.guesses.wrong(self.request.remote_ip or "")


class LoginHandler(SignInHandler):
    """`/login`: the page that asks for a code."""

    @allow_unauthenticated
    def get(self) -> None:
        """Show the form."""
        person_id = self.signed_in()
        if person_id is not None:
            wanted = self.get_query_argument("next", "")
            if self._is_closed_to(person_id, wanted):
                title = self.gettext("You are not in this course")
                text = self.gettext(
                    "You are signed in, and this page belongs to a course that you do not take part in. If you should, "
                    "please ask its facilitator for a place."
                )
                more = {"back": self.site.base, "to_courses": True}
                self.show("message.html", 403, title=title, text=text, again=False, **more)
                return
            self.redirect(self.local_path(wanted) if wanted else self.first_page(person_id))
            return
        waiting = self.too_many()
        self._form(429 if waiting else 200, error=waiting)

    def signed_in(self) -> str | None:
        """Return who has signed in with this browser, whatever editions they are in."""
        account = self.identity_provider.account(self)
        return None if account is None else account.id

    def _is_closed_to(self, person_id: str, wanted: str) -> bool:
        """Whether an address belongs to an edition that somebody is not in."""
        found = edition_in(wanted, self.site.base)
        return found is not None and found not in self.site.accounts.editions_of(person_id)

    @allow_unauthenticated
    def post(self) -> None:
        """Take a code: a personal one, or the one for joining."""
        typed = self.get_body_argument("code", "")[:60]
        if waiting := self.too_many():
            self._form(429, typed, waiting)
            return
        if not typed.strip():
            self._form(400, typed, self.gettext("Please type the code from your card or your message."))
            return
        code = normalise_code(typed)
        if code and (edition := self.site.accounts.joins(code)):
            # from here on with the link's token: whoever has it does not wait for others who guess
            token = People(self.site.store, self.site.data.secret, edition).join_token()
            self.redirect(f"{self.site.base}join/{token or show_code(code)}")
            return
        if session := normal_code(
            typed
        ):  # the shorter code of a live session; that page knows whether it is one
            self.redirect(f"{self.site.base}live/{session}")
            return
        try:
            person = self.site.accounts.by_code(typed, lang=self.lang)
        except AccessError as error:
            if code:  # what can't be a code guesses nothing
                self.wrong()
            self._form(401, typed, str(error))
            return
        self.welcome(person)
        wanted = self.get_body_argument("next", "")
        self.redirect(self.local_path(wanted) if wanted else self.first_page(person.id))

    def _form(self, status: int, typed: str = "", error: str | None = None) -> None:
        self.show("login.html", status, typed=typed, error=error, next=self.get_argument("next", ""))


class LinkHandler(SignInHandler):
    """`/j/<token>`: a personal link. Opening it changes nothing, so that previews of messages sign nobody in."""

    @allow_unauthenticated
    def get(self, token: str) -> None:
        """Ask whether to go on as the link's person."""
        person = self._person(token)
        if person is None:
            return
        if self.visitor and self.visitor.person_id == person.id:
            self.redirect(self.first_page(person.id))
            return
        self.show("link.html", person=person)

    @allow_unauthenticated
    def post(self, token: str) -> None:
        """Sign in."""
        person = self._person(token)
        if person is not None:
            self.welcome(person)
            self.redirect(self.first_page(person.id))

    def _person(self, token: str) -> Account | None:
        try:
            return self.site.accounts.by_link(token, lang=self.lang)
        except AccessError as error:
            title = self.gettext("This link does not open the course")
            self.show("message.html", 404, title=title, text=str(error), again=False)
            return None


class JoinHandler(SignInHandler):
    """`/join/<token>`: anybody with the link joins under a name of their choice, while joining is open.

    `/join/<code>` does the same with the code that people type; only codes can be guessed, and only they have to wait.
    Which edition they join is the code's business.
    """

    def edition_meant(self) -> str | None:
        """Return the edition that the code or token opens just now."""
        word = str(self.path_args[0])
        if normalise_token(word) is None and self.site.guesses.wait(self.request.remote_ip or ""):
            return None  # whoever guesses learns nothing meanwhile
        found = self.site.accounts.joins(word)
        return found if found and self.site.editions.known(found) else None

    @allow_unauthenticated
    def get(self, word: str) -> None:
        """Ask for a name."""
        if self._may_join(word):
            self._form(200)

    @allow_unauthenticated
    def post(self, word: str) -> None:
        """Make the person and show their code, once; the same form sent again makes nobody new."""
        if not self._may_join(word):
            return
        typed, once = self.get_body_argument("name", "")[:200], self.get_body_argument("once", "")[:60]
        people, joined = self.edition.people, self.settings["academy_joined"]
        person_id = joined.person(once, typed)
        if person_id is None or not people.works(person_id):  # a form kept from before brings nobody back
            browser = self._let_in(typed, once)
            if browser is None:
                return
            try:
                person_id = people.join(word, typed, lang=self.lang).person.id
            except (AccessError, PeopleError, BusyError) as error:
                self._form(
                    503 if isinstance(error, BusyError) else 400, typed, self.gettext(str(error)), once
                )
                return
            self.site.newcomers.came(self.request.remote_ip or "", browser)
            joined.remember(once, typed, person_id)
        person = people.find(person_id)
        self.welcome(person)
        self.show("joined.html", person=person, own_code=people.link_and_code(person_id)[1])

    def _let_in(self, typed: str, once: str) -> str | None:
        """Return the mark of the browser if one more person may come in with it, else answer with why not."""
        status, browser, text = self.newcomer()
        if text:
            self._form(status, typed, text, once)
        return browser

    def _form(self, status: int, typed: str = "", error: str | None = None, once: str = "") -> None:
        mark_browser(self)
        once = once or secrets.token_urlsafe(16)
        self.show("join.html", status, typed=typed, error=error, once=once)

    def _may_join(self, word: str) -> bool:
        is_link = normalise_token(word) is not None
        waiting = None if is_link else self.too_many()
        if waiting is None and self._edition is not None and self._edition.people.is_join_code(word):
            return True
        if waiting is None and normalise_code(word):
            self.wrong()
        text = waiting or self.gettext(
            "This code does not open the course now: it may have been mistyped or replaced, or joining is closed. "
            "Please ask your facilitator for a personal link."
        )
        title = self.gettext("Joining is not possible with this link")
        self.show("message.html", 429 if waiting else 404, title=title, text=text, again=False)
        return False


class Joined:
    """Who joined with which form, so that a form that is sent twice over a weak line makes one person.

    The same form with another name in it is somebody else, as on a phone that is handed on.
    """

    def __init__(self) -> None:
        self._by_form: OrderedDict[tuple[str, str], str] = OrderedDict()

    def person(self, once: str, typed: str) -> str | None:
        """Return the pseudonym that this form made, if it did."""
        return self._by_form.get((once, typed))

    def remember(self, once: str, typed: str, person_id: str) -> None:
        """Keep what a form made."""
        if len(once) >= SHORTEST_ONCE:
            self._by_form[once, typed] = person_id
        while len(self._by_form) > JOINS_KEPT:
            self._by_form.popitem(last=False)


class LogoutHandler(PageHandler):
    """`/logout`: a form ends the session on this device, in other tabs too; with `everywhere` on all devices."""

    identity_provider: CourseIdentity
    kernel_manager: OwnedKernels

    @allow_unauthenticated
    def post(self) -> None:
        """Sign out. A page that stayed open must not go on as this person in the next one's hands.

        Whoever has left the edition of the address signs out of all others there as well.
        """
        account = self.identity_provider.account(self)
        self.identity_provider.sign_out(self)
        if account is not None:
            self.kernel_manager.end_all(account.id)
            for edition in self.site.editions.read():
                edition.rooms.turn_out(account.id)
            if self.get_body_argument("everywhere", ""):
                self.site.accounts.sign_out_everywhere(account.id)
        self.redirect(f"{self.site.base}login")


class LanguageHandler(PageHandler):
    """`/language`: choose the language of the pages."""

    @allow_unauthenticated
    def post(self) -> None:
        """Keep the choice for the person, or on this device before signing in."""
        chosen = self.get_body_argument("lang", "")
        if chosen in self.languages:
            if self.visitor:
                self.site.accounts.set_language(self.visitor.person_id, chosen)
            self.set_cookie(self.language_cookie, chosen, expires_days=365, httponly=True)
        self.redirect(self.local_path(self.get_body_argument("next", "")))
