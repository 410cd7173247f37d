"""Routes of the server. What is not in this list is a 404, whatever Voilà would offer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from academy_app.server import courses
from academy_app.server.files import offline_forms, passport, typed_answers
from academy_app.server.files.calendar import CalendarHandler
from academy_app.server.kernels.api import HealthHandler, KernelHandler, ShutdownHandler
from academy_app.server.kernels.sockets import KernelSocket
from academy_app.server.live import control, join, pictures, state
from academy_app.server.pages import full, handlers, present, reviews
from academy_app.server.pages.waiting import PlaceHandler
from academy_app.server.routing import InEdition
from academy_app.server.signin import login

__all__ = ["routes"]

KERNEL_ID = r"(?P<kernel_id>\w+-\w+-\w+-\w+-\w+)"


def routes(
    base: str, page_settings: dict[str, object], known: Callable[[str], bool]
) -> list[tuple[Any, ...]]:
    """Return the routes below the base URL (which ends in a slash), each also below the address of every edition.

    `known` says whether there is an edition of an id.
    """
    plain = _routes(page_settings)
    within = [(InEdition(base, pattern, known), *rest) for pattern, *rest in plain]
    return [*within, *((base + pattern, *rest) for pattern, *rest in plain)]


def _routes(page_settings: dict[str, object]) -> list[tuple[Any, ...]]:
    """Return patterns of what follows the base, with their handlers."""
    return [
        ("", courses.CoursesHandler),
        ("login", login.LoginHandler),
        ("logout", login.LogoutHandler),
        ("language", login.LanguageHandler),
        (r"j/([\w-]{1,200})", login.LinkHandler),
        (r"join/([^/]{1,100})", login.JoinHandler),
        (r"reviews/([a-z0-9-]{1,64})/([a-z-]{1,16})", reviews.ReviewHandler),
        ("passport", passport.TakeHandler),
        (r"passport/file\.(pdf|html|docx|json)", passport.ExportHandler),
        ("passport/start", passport.PassportStartHandler),
        ("live", join.CodeHandler),
        ("live/start", control.LiveStartHandler),
        ("live/now", state.NowHandler),
        (r"live/at/([a-z0-9_-]{1,64})", state.AtHandler),
        (r"live/([^/]{1,100})", join.JoinLiveHandler),
        (r"live/([^/]{1,100})/answer", join.AnswerHandler),
        (r"live/([^/]{1,100})/state", state.StateHandler),
        (r"live/([^/]{1,100})/mine", state.MineHandler),
        (r"live/([^/]{1,100})/events", state.EventsHandler),
        (r"live/([^/]{1,100})/desk", control.PresenterViewHandler),
        (r"live/([^/]{1,100})/control", control.ControlHandler),
        (r"live/([^/]{1,100})/results\.(csv|json)", control.ResultsHandler),
        (r"live/([^/]{1,100})/results\.(svg|png)", pictures.PictureHandler),
        (r"voila/render/(.+)", handlers.CoursePage, page_settings),
        (r"present/qr/([A-Za-z0-9]{4,12})\.svg", present.JoinPicture),
        (r"present/([\w/-]{1,100}(?:\.ipynb)?)", present.PresentPage, page_settings),
        (r"voila/full/(.+)", full.FullPage),
        (rf"voila/({'|'.join(full.FOLDERS)})/(.+)", full.FullPageFiles),
        (r"place/(.+)", PlaceHandler),
        (rf"api/kernels/{KERNEL_ID}", KernelHandler),
        (rf"api/kernels/{KERNEL_ID}/channels", KernelSocket),
        (rf"voila/api/shutdown/{KERNEL_ID}", ShutdownHandler),
        (r"offline/([a-z0-9_-]{1,64})\.html", offline_forms.OfflineFormHandler),
        (r"paper/([a-z0-9_-]{1,64})\.json", offline_forms.SheetHandler),
        ("paper", typed_answers.TypedHandler),
        (r"paper/([a-z0-9_-]{1,64})", typed_answers.TypedHandler),
        ("answers", offline_forms.AnswersHandler),
        (r"answers/([a-z0-9_-]{1,64})", offline_forms.AnswersHandler),
        (r"assets/([\w.-]+)", handlers.AssetHandler),
        (r"widgets/([\w-]+\.\w+)", handlers.WidgetCodeHandler),
        ("calendar.ics", CalendarHandler),
        ("healthz", HealthHandler),
    ]
