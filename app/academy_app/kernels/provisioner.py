"""Jupyter's way of starting kernels, with a fork where that can be had."""

# mypy: disable-error-code="no-untyped-call"

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.provisioning.local_provisioner import LocalProvisioner
from traitlets import Bool, Enum, Float, List, Unicode

from academy_app.kernels.keeper import KEEPERS, LEVELS
from academy_app.kernels.process import ForkedProcess, NotForkedError
from academy_app.kernels.template import TemplateSettings

__all__ = ["SWITCH", "ForkedProvisioner", "prepare"]

SWITCH = "ACADEMY_KERNELS"
"""Environment variable of the process that starts kernels; `stock` turns forking off, `modules` shares less."""
LONGEST_SOCKET_PATH = 100


class ForkedProvisioner(LocalProvisioner):
    """Forks kernels from a template process; starts a stock kernel, and says why, where that fails."""

    process: Any

    level = Enum((*LEVELS, "stock"), "shell", help="How much kernels share; `stock` forks none.").tag(
        config=True
    )
    preload = List(Unicode(), help="Modules that are imported before the fork.").tag(config=True)
    optional = List(
        Unicode(), help="Modules that are imported before the fork if that can be done safely."
    ).tag(config=True)
    warm = List(Unicode(), help="Functions (`module:function`) that fill caches before the fork.").tag(
        config=True
    )
    personal = List(
        Unicode(),
        ["ACADEMY_PERSON"],
        help="Variables in which the environments of kernels of one template differ.",
    ).tag(config=True)
    heartbeat = Bool(True, help="Whether kernels answer heartbeats.").tag(config=True)
    seconds = Float(15.0, help="How long a fork may take before a stock kernel starts.").tag(config=True)

    @property
    def settings(self) -> TemplateSettings:
        """What the template must have ready."""
        level = os.environ.get(SWITCH, self.level)
        return TemplateSettings(
            level=level if level in LEVELS else "stock",
            preload=tuple(self.preload),
            optional=tuple(self.optional),
            warm=tuple(self.warm),
            heartbeat=self.heartbeat,
            personal=tuple(self.personal),
        )

    async def pre_launch(self, **kwargs: Any) -> dict[str, Any]:
        """Prefer sockets with a path to ports, which two kernels may both believe to be free."""
        manager: Any = self.parent
        if manager is not None and manager.transport == "tcp" and sys.platform != "win32":
            ip = os.path.splitext(manager.connection_file)[0] + "-ipc"  # noqa: PTH122 - as Jupyter does
            if not any(manager.ports) and len(ip) < LONGEST_SOCKET_PATH and Path(ip).is_absolute():
                manager.transport, manager.ip = "ipc", ip
        return await super().pre_launch(**kwargs)

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Fork the kernel, or start it as Jupyter does."""
        try:
            forked = await self._forked(cmd, kwargs)
        except NotForkedError as reason:
            level = logging.DEBUG if self.settings.level == "stock" else logging.WARNING
            self.log.log(level, "This kernel is not forked: %s.", reason)
            return await super().launch_kernel(cmd, **kwargs)
        self.process = forked
        self.pid = self.pgid = forked.pid
        self.cwd = kwargs.get("cwd") or Path.cwd()
        return self.connection_info

    async def _forked(self, cmd: list[str], kwargs: dict[str, Any]) -> ForkedProcess:
        settings = self.settings
        if reason := settings.why_not():
            raise NotForkedError(reason)
        if cmd[0] != sys.executable or "-f" not in cmd:
            raise NotForkedError("it is not a kernel of this Python")
        environment = {name: value for name, value in kwargs["env"].items() if isinstance(value, str)}
        template = await KEEPERS.of(settings, environment, self.log).template()
        folder = kwargs.get("cwd")
        birth = template.fork(environment, str(folder) if folder else None, cmd[cmd.index("-f") + 1])
        return await birth.arrival(self.seconds)

    async def send_signal(self, signum: int) -> None:
        """Signal the kernel and what it started."""
        if isinstance(self.process, ForkedProcess):
            self.process.send_signal(signum)
        else:
            await super().send_signal(signum)

    async def wait(self) -> int | None:
        """Wait for its end."""
        if not isinstance(self.process, ForkedProcess):
            return await super().wait()
        code = await self.process.ended()
        self.process = None
        return code

    async def cleanup(self, restart: bool = False) -> None:
        """Let go of the kernel."""
        if isinstance(self.process, ForkedProcess):
            self.process.let_go()
        await super().cleanup(restart)


def prepare(spec: KernelSpec, environment: Mapping[str, str], log: Any) -> None:
    """Start the template process that kernels of this spec and environment are forked from, before the first."""
    config = spec.metadata["kernel_provisioner"]["config"]
    settings = ForkedProvisioner(kernel_id="", kernel_spec=spec, **config).settings
    if settings.why_not() is None:
        KEEPERS.of(settings, environment, log)
