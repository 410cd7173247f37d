"""Sentences of the page itself, apart from its content."""

from __future__ import annotations

from academy import i18n

__all__ = ["page_texts"]


def page_texts(language: str) -> dict[str, str]:
    """Return the page's sentences by key, in `language`."""
    _ = i18n.translator(language)
    return {
        "starting": _("This page is starting. Please wait."),
        "slow_start": _("Still starting. Your connection or the server is slow just now. Please wait."),
        "failed_start": _("This page could not start. Please open it again."),
        "offline": _(
            "No connection. What you write is kept on this device and sent when the connection is back."
        ),
        "back": _("The connection is back."),
        "ended": _(
            "The connection to the server has ended. What you wrote is kept. The page opens again by itself."
        ),
        "ended_ask": _(
            "The connection to the server has ended. Not everything that you entered on this page is kept. "
            "Copy what you need, then open the page again."
        ),
        "asleep": _(
            "This page is resting, because nobody has used it for a while. Touch it or press a key, and it goes on."
        ),
        "waking": _("The page wakes up. What you wrote is kept."),
        "reopen": _("Open the page again"),
        "misled": _(
            "This page cannot reach the server: a program between them (a reverse proxy) does not pass its address on. "
            "Please tell your facilitator or administrator; the README of Academy Kit shows the lines that are missing."
        ),
        "signed_out": _("You are signed out. What you wrote is kept on this device."),
        "sign_in": _("Sign in again"),
        "cannot_show": _("This part cannot be shown here."),
        "open_full": _("Open the full page"),
        "part_failed": _(
            "Something went wrong in this part. Please open the page again or tell your facilitator."
        ),
        "no_script": _(
            "This page needs JavaScript. Please switch it on in your browser, or open the page in another one."
        ),
        "too_old": _(
            "This browser is too old for the forms on this page. Please update it, or open the page in Chrome 80, "
            "Firefox 78, Safari 14 or newer."
        ),
        "skip_to_content": _("Skip to the content"),
        "sign_out": _("Sign out"),
        "sign_out_everywhere": _("Sign out on all devices"),
        "home": _("Home"),
        "language": _("Language"),
        "menu": _("Menu"),
    }
