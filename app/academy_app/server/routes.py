"""Routes of the server. What is not in this list is a 404, whatever Voilà would offer."""

from __future__ import annotations

from typing import Any

from academy_app.server.files import offline_forms, passport, typed_answers
from academy_app.server.files.calendar import CalendarHandler
from academy_app.server.kernels.api import HealthHandler, KernelHandler, ShutdownHandler
from academy_app.server.kernels.sockets import KernelSocket
from academy_app.server.live import control, join, pictures, state
from academy_app.server.pages import full, handlers, present, reviews
from academy_app.server.pages.waiting import PlaceHandler
from academy_app.server.signin import login

__all__ = ["routes"]

KERNEL_ID = r"(?P<kernel_id>\w+-\w+-\w+-\w+-\w+)"


def routes(base: str, page_settings: dict[str, object]) -> list[tuple[Any, ...]]:
    """Return the routes below the base URL (which ends in a slash)."""
    return [
        (base, handlers.HomeHandler),
        (base + "login", login.LoginHandler),
        (base + "logout", login.LogoutHandler),
        (base + "language", login.LanguageHandler),
        (base + r"j/([\w-]{1,200})", login.LinkHandler),
        (base + r"join/([^/]{1,100})", login.JoinHandler),
        (base + r"reviews/([a-z0-9-]{1,64})/([a-z-]{1,16})", reviews.ReviewHandler),
        (base + "passport", passport.TakeHandler),
        (base + r"passport/file\.(pdf|html|docx|json)", passport.ExportHandler),
        (base + "passport/start", passport.PassportStartHandler),
        (base + "live", join.CodeHandler),
        (base + "live/start", control.LiveStartHandler),
        (base + "live/now", state.NowHandler),
        (base + r"live/at/([a-z0-9_-]{1,64})", state.AtHandler),
        (base + r"live/([^/]{1,100})", join.JoinLiveHandler),
        (base + r"live/([^/]{1,100})/answer", join.AnswerHandler),
        (base + r"live/([^/]{1,100})/state", state.StateHandler),
        (base + r"live/([^/]{1,100})/mine", state.MineHandler),
        (base + r"live/([^/]{1,100})/events", state.EventsHandler),
        (base + r"live/([^/]{1,100})/desk", control.PresenterViewHandler),
        (base + r"live/([^/]{1,100})/control", control.ControlHandler),
        (base + r"live/([^/]{1,100})/results\.(csv|json)", control.ResultsHandler),
        (base + r"live/([^/]{1,100})/results\.(svg|png)", pictures.PictureHandler),
        (base + r"voila/render/(.+)", handlers.CoursePage, page_settings),
        (base + r"present/qr/([A-Za-z0-9]{4,12})\.svg", present.JoinPicture),
        (base + r"present/([\w/-]{1,100}(?:\.ipynb)?)", present.PresentPage, page_settings),
        (base + r"voila/full/(.+)", full.FullPage),
        (base + rf"voila/({'|'.join(full.FOLDERS)})/(.+)", full.FullPageFiles),
        (base + r"place/(.+)", PlaceHandler),
        (base + rf"api/kernels/{KERNEL_ID}", KernelHandler),
        (base + rf"api/kernels/{KERNEL_ID}/channels", KernelSocket),
        (base + rf"voila/api/shutdown/{KERNEL_ID}", ShutdownHandler),
        (base + r"offline/([a-z0-9_-]{1,64})\.html", offline_forms.OfflineFormHandler),
        (base + r"paper/([a-z0-9_-]{1,64})\.json", offline_forms.SheetHandler),
        (base + "paper", typed_answers.TypedHandler),
        (base + r"paper/([a-z0-9_-]{1,64})", typed_answers.TypedHandler),
        (base + "answers", offline_forms.AnswersHandler),
        (base + r"answers/([a-z0-9_-]{1,64})", offline_forms.AnswersHandler),
        (base + r"assets/([\w.-]+)", handlers.AssetHandler),
        (base + r"widgets/([\w-]+\.\w+)", handlers.WidgetCodeHandler),
        (base + "calendar.ics", CalendarHandler),
        (base + "healthz", HealthHandler),
    ]
