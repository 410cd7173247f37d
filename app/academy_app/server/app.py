"""Voilà's application, changed only through what it lets subclasses change."""

# mypy: disable-error-code="no-untyped-call"
# Voilà and Jupyter have few types, and super() calls escape untyped_calls_exclude.

from __future__ import annotations

import asyncio
import contextlib
import gc
import logging
import shutil
import signal
import socket
import sys
from pathlib import Path
from types import FrameType
from typing import Any, cast

from jupyter_core.utils import run_sync
from tornado.ioloop import IOLoop, PeriodicCallback
from traitlets.config import Config
from voila.app import Voila

from academy.live.closing import tidy
from academy.status_file import StatusFile
from academy_app.kernels.provisioner import prepare
from academy_app.server.base import log_request
from academy_app.server.kernels.channels import PageConnection
from academy_app.server.kernels.environment import KERNEL, OneKernelSpec, kernel_environment
from academy_app.server.kernels.manager import OwnedKernels
from academy_app.server.kernels.socket_folder import socket_folder
from academy_app.server.pages.handlers import NotFoundHandler
from academy_app.server.pages.render import PageExporter
from academy_app.server.proxy import Server
from academy_app.server.routes import routes
from academy_app.server.signin.identity import CourseIdentity
from academy_app.server.signin.login import Joined
from academy_app.server.site import Site

__all__ = ["AcademyServer"]

LARGEST_MESSAGE = 1024 * 1024
LARGEST_BODY = 1024 * 1024
"""The file of a passport is the largest thing that a form sends."""
PING_MILLISECONDS, PONG_MILLISECONDS = 25_000, 60_000
REVOKED_MILLISECONDS = 5_000
ROUND_MILLISECONDS = 1_000


class AcademyServer(Voila):
    """All editions on one port. Reads no configuration files: what it serves depends on its options alone."""

    def __init__(self, site: Site, sockets: list[socket.socket], **settings: object) -> None:
        self.site = site
        self.sockets = sockets
        self.pulse = StatusFile(site.data)
        super().__init__(
            base_url=site.base,
            root_dir=str(site.options.notebooks),
            port=sockets[0].getsockname()[1],
            ip=site.options.ip,
            open_browser=False,
            token="",
            cookie_secret=site.cookie_secret,
            identity_provider_class=CourseIdentity,
            kernel_websocket_connection_class=PageConnection,
            config_file_paths=[],
            log_level=logging.WARNING,
            config=_config(site),
            **settings,
        )

    def setup_template_dirs(self) -> None:
        """Look for templates in ours and nbconvert's, not in a user's own folders."""
        shared = Path(sys.prefix) / "share" / "jupyter"
        nbconvert = shared / "nbconvert" / "templates"
        ours = self.site.options.template
        self.template_paths = [
            str(path) for path in (ours, ours.parent, nbconvert, nbconvert / "base", shared) if path.is_dir()
        ]

    def start(self) -> None:
        """Serve until a signal says stop."""
        with socket_folder(self.site.data.runtime) as folder:
            self.connection_dir_root = str(folder)
            super().start()

    def init_settings(self) -> dict[str, object]:  # type: ignore[override]
        """Add ours to Voilà's settings of the web application."""
        settings: dict[str, object] = cast("dict[str, object]", super().init_settings())
        return settings | {
            "academy": self.site,
            "academy_joined": Joined(),
            "allow_unauthenticated_access": False,
            "compress_response": True,
            "cookie_secret": self.site.cookie_secret,
            "default_handler_class": NotFoundHandler,
            "log_function": log_request,
            "login_url": f"{self.site.base}login",
            "websocket_compression_options": {"compression_level": 6, "mem_level": 5},
            "websocket_max_message_size": LARGEST_MESSAGE,
            "ws_ping_interval": PING_MILLISECONDS,
            "ws_ping_timeout": PONG_MILLISECONDS,
            "xsrf_cookies": True,
            "xsrf_cookie_name": f"_xsrf-{self.site.cookie_suffix}",
            "xsrf_cookie_kwargs": {"httponly": True},
        }

    def init_handlers(self) -> list[tuple[Any, ...]]:  # type: ignore[override]
        """Serve our routes; Voilà's own list is not asked."""
        exporter = PageExporter(
            template_paths=self.template_paths,
            template_name=self.voila_configuration.template,
            config=self.config,
            contents_manager=self.contents_manager,
            theme=self.voila_configuration.theme,
            base_url=self.site.base,
        )
        return routes(self.site.base, {"exporter": exporter, "config": self.config}, self.site.editions.known)

    def listen(self) -> None:
        """Answer on the sockets that were opened before, until a signal says stop."""
        server = Server(
            self.app,
            xheaders=self.site.options.trust_proxy,
            max_buffer_size=4 * LARGEST_MESSAGE,
            max_body_size=LARGEST_BODY,
            idle_connection_timeout=300,
            body_timeout=60,
        )
        server.add_sockets(self.sockets)
        self.ioloop = IOLoop.current()
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._stop_at_signal)
        prepare(self.kernel_spec_manager.get_kernel_spec(KERNEL), kernel_environment(self.site), self.log)
        revoked = PeriodicCallback(self.kernel_manager.end_revoked, REVOKED_MILLISECONDS)
        rounds = PeriodicCallback(self._look_around, ROUND_MILLISECONDS)
        self.ioloop.add_callback(revoked.start)
        self.ioloop.add_callback(rounds.start)
        self.ioloop.run_in_executor(None, tidy, self.site.store)
        self.ioloop.add_callback(self.site.options.on_ready, self._address())
        gc.collect()
        gc.freeze()  # what is there now stays: the collector need not look through it again and again
        try:
            self.ioloop.start()
        finally:
            rounds.stop()
            self.site.editions.close()
            self.pulse.stop()
            revoked.stop()
            server.stop()
            self.stop()

    def stop(self) -> None:
        """End the kernels, then remove what they were reached by."""
        with contextlib.suppress(asyncio.CancelledError):
            run_sync(self.kernel_manager.shutdown_all)()
        shutil.rmtree(self.connection_dir, ignore_errors=True)

    def _look_around(self) -> None:
        """End what nobody uses, let in who can come in, and tell how it is."""
        self.kernel_manager.culling.sweep()
        self.kernel_manager.admission.call()
        self.site.signouts.write()
        self.pulse.beat(self.kernel_manager.state())

    def _stop_at_signal(self, sig: int, frame: FrameType | None) -> None:
        self.ioloop.add_callback_from_signal(self.ioloop.stop)

    def _address(self) -> str:
        host = self.site.options.ip
        if host in ("", "0.0.0.0", "::"):  # noqa: S104 - compared, not listened on
            host = socket.gethostname()
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}{self.site.base}"


def _config(site: Site) -> Config:
    """What Voilà's and Jupyter's own parts are told."""
    config = Config()
    config.VoilaConfiguration.update(
        {
            "template": "academy",
            "strip_sources": True,
            "show_tracebacks": False,
            "allow_template_override": "NO",
            "allow_theme_override": "NO",
            "preheat_kernel": False,
            "multi_kernel_manager_class": OwnedKernels,
            "kernel_spec_manager_class": OneKernelSpec,
            "file_allowlist": [],
            "extension_allowlist": [],
            "resources": {},
        }
    )
    config.VoilaExecutor.cell_error_instruction = ""
    config.OwnedKernels.cull_idle_timeout = 0  # ours knows more: academy_app.server.kernels.culling
    config.KernelManager.update({"shutdown_wait_time": 3.0, "transport": "ipc"})
    config.KernelRestarter.update({"restart_limit": 0, "time_to_dead": 2.0})
    return config
