"""REST handlers for a page's own kernel."""

from __future__ import annotations

import json
from http.client import responses
from typing import Any

from jupyter_server.auth.decorator import allow_unauthenticated
from tornado import web

from academy_app.server.base import AcademyHandler
from academy_app.server.kernels.manager import OwnedKernels

__all__ = ["KernelHandler", "ShutdownHandler"]


class OwnKernelHandler(AcademyHandler):
    """Answers the owner of a kernel; to everybody else the kernel is not there."""

    kernel_manager: OwnedKernels

    async def prepare(self) -> None:  # type: ignore[override]
        """Refuse everybody but the owner. A page's script gets a status, never the sign-in page."""
        await super().prepare(_redirect_to_login=False)
        if not self.check_origin():
            raise web.HTTPError(404)
        edition = getattr(self.request, "edition", None)
        if not self.kernel_manager.is_owner(self.path_kwargs["kernel_id"], self.visitor, edition):
            raise web.HTTPError(404)

    def write_error(self, status_code: int, **_: object) -> None:
        """Answer with the status in JSON."""
        self.set_header("Content-Type", "application/json")
        self.finish(json.dumps({"message": responses.get(status_code, "Unknown")}))


class KernelHandler(OwnKernelHandler):
    """`/api/kernels/<id>`: is it still there? And: end it."""

    def get(self, kernel_id: str) -> None:
        """Say that it is there, as Jupyter's own front ends want to read it."""
        self.set_header("Content-Type", "application/json")
        manager: Any = self.kernel_manager
        self.finish(json.dumps(manager.kernel_model(kernel_id), default=str))

    async def delete(self, kernel_id: str) -> None:
        """End it."""
        await self.kernel_manager.end(kernel_id)
        self.set_status(204)
        self.finish()


class ShutdownHandler(OwnKernelHandler):
    """`/voila/api/shutdown/<id>`: what a page sends when it is left."""

    async def post(self, kernel_id: str) -> None:
        """End it."""
        await self.kernel_manager.end(kernel_id)
        self.set_status(204)
        self.finish()


class HealthHandler(web.RequestHandler):
    """`/healthz`: the server answers."""

    @allow_unauthenticated
    def get(self) -> None:
        """Answer with nothing."""
        self.set_header("Cache-Control", "no-store")
        self.clear_header("Server")
        self.set_status(204)

    head = get
