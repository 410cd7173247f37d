"""Every address the server answers. What is not in this list is a 404, whatever Voilà would offer."""

from __future__ import annotations

from typing import Any

from academy.server import away, full, login, pages, passport, present, reviews, typed
from academy.server.calendar import CalendarHandler
from academy.server.kernelapi import HealthHandler, KernelHandler, ShutdownHandler
from academy.server.live import desk, join, pictures, state
from academy.server.sockets import KernelSocket
from academy.server.waiting import PlaceHandler

__all__ = ["routes"]

KERNEL_ID = r"(?P<kernel_id>\w+-\w+-\w+-\w+-\w+)"


def routes(base: str, page_settings: dict[str, Any]) -> list[tuple[Any, ...]]:
    """Return the routes below the base URL (which ends in a slash)."""
    return [
        (base, pages.HomeHandler),
        (base + "login", login.LoginHandler),
        (base + "logout", login.LogoutHandler),
        (base + "language", login.LanguageHandler),
        (base + r"j/([\w-]{1,200})", login.LinkHandler),
        (base + r"join/([^/]{1,100})", login.JoinHandler),
        (base + r"reviews/([a-z0-9-]{1,64})/([a-z-]{1,16})", reviews.ReviewHandler),
        (base + "passport", passport.TakeHandler),
        (base + r"passport/file\.(pdf|html|docx|json)", passport.ExportHandler),
        (base + "passport/start", passport.StartHandler),
        (base + "live", join.CodeHandler),
        (base + "live/start", desk.StartHandler),
        (base + "live/now", state.NowHandler),
        (base + r"live/at/([a-z0-9_-]{1,64})", state.AtHandler),
        (base + r"live/([^/]{1,100})", join.JoinLiveHandler),
        (base + r"live/([^/]{1,100})/answer", join.AnswerHandler),
        (base + r"live/([^/]{1,100})/state", state.StateHandler),
        (base + r"live/([^/]{1,100})/mine", state.MineHandler),
        (base + r"live/([^/]{1,100})/events", state.EventsHandler),
        (base + r"live/([^/]{1,100})/desk", desk.DeskHandler),
        (base + r"live/([^/]{1,100})/control", desk.ControlHandler),
        (base + r"live/([^/]{1,100})/results\.(csv|json)", desk.ResultsHandler),
        (base + r"live/([^/]{1,100})/results\.(svg|png)", pictures.PictureHandler),
        (base + r"voila/render/(.+)", pages.CoursePage, page_settings),
        (base + r"present/qr/([A-Za-z0-9]{4,12})\.svg", present.JoinPicture),
        (base + r"present/([\w/-]{1,100}(?:\.ipynb)?)", present.PresentPage, page_settings),
        (base + r"voila/full/(.+)", full.FullPage),
        (base + rf"voila/({'|'.join(full.FOLDERS)})/(.+)", full.FullPageFiles),
        (base + r"place/(.+)", PlaceHandler),
        (base + rf"api/kernels/{KERNEL_ID}", KernelHandler),
        (base + rf"api/kernels/{KERNEL_ID}/channels", KernelSocket),
        (base + rf"voila/api/shutdown/{KERNEL_ID}", ShutdownHandler),
        (base + r"offline/([a-z0-9_-]{1,64})\.html", away.OfflineFormHandler),
        (base + r"paper/([a-z0-9_-]{1,64})\.json", away.SheetHandler),
        (base + "paper", typed.TypedHandler),
        (base + r"paper/([a-z0-9_-]{1,64})", typed.TypedHandler),
        (base + "answers", away.AnswersHandler),
        (base + r"answers/([a-z0-9_-]{1,64})", away.AnswersHandler),
        (base + r"assets/([\w.-]+)", pages.AssetHandler),
        (base + r"widgets/([\w-]+\.\w+)", pages.WidgetCodeHandler),
        (base + "calendar.ics", CalendarHandler),
        (base + "healthz", HealthHandler),
    ]
