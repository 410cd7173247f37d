"""The template process: imports everything once, then forks a kernel whenever it is asked.

It speaks with one server over a line that it inherited. When that line is closed it takes no more requests, and
leaves when its last kernel has ended. Kernels do not depend on it: they go on when it dies, and end with the server.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import os
import selectors
import signal
import socket
import sqlite3
import sys
import traceback
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

from academy_app.kernels import child, wire
from academy_app.kernels.holes import fill_holes
from academy_app.kernels.lifeline import check_lifeline
from academy_app.kernels.merging import offer_memory

__all__ = ["NotForkableError", "TemplateSettings", "check_forkable", "main"]

ONE_THREAD = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")
"""Libraries for numbers start threads when they are loaded unless these say one."""

OURS = ("academy", "academy_widgets", "academy_grading", "academy_app")


class NotForkableError(Exception):
    """This process has something that must not be shared by a fork."""


@dataclass(frozen=True)
class TemplateSettings:
    """What a template process is to have ready."""

    level: str = "shell"
    """`shell`: with a shell made before the fork. `modules`: modules alone are shared."""
    preload: tuple[str, ...] = ()
    """Modules to import beside those of a kernel."""
    optional: tuple[str, ...] = ()
    """Modules to import if a process that has them may still fork."""
    warm: tuple[str, ...] = ()
    """Functions, as `module:function`, that fill caches."""
    heartbeat: bool = True
    """Whether kernels answer on the heartbeat channel, which takes two threads of each."""
    personal: tuple[str, ...] = field(default=("ACADEMY_PERSON",))
    """Variables in which the environments of kernels of one template differ."""

    @classmethod
    def read(cls, message: dict[str, Any]) -> TemplateSettings:
        """Return the settings of a message, which knows lists and no tuples."""
        values: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in message.items()}
        return cls(**values)

    def why_not(self) -> str | None:
        """Return why there can be no template, or None."""
        if self.level == "stock":
            return "forking is turned off"
        if not sys.platform.startswith("linux"):
            return "only Linux ends a kernel together with its server"
        return None


class _BornError(BaseException):
    """Raised in a new child, to leave the template's stack behind."""

    def __init__(self, request: dict[str, Any], lifeline: int, report: int) -> None:
        self.request, self.lifeline, self.report = request, lifeline, report


def check_forkable(*lines: int) -> None:
    """Raise NotForkableError unless this process may fork: one thread, and nothing open but the `lines`.

    Sockets, loops and databases on disk all show as descriptors; a database in memory does not, and is looked for.
    """
    threads = len(list(Path("/proc/self/task").iterdir()))
    if threads != 1:
        raise NotForkableError(f"it has {threads} threads, not one")
    for opened in list(Path("/proc/self/fd").iterdir()):
        if int(opened.name) <= 2 or int(opened.name) in lines:
            continue
        with contextlib.suppress(FileNotFoundError):  # the one that listed the others
            file = opened.readlink()
            if not _is_loaded_code(file):
                raise NotForkableError(f"it has {file} open")
    if any(isinstance(thing, sqlite3.Connection) for thing in gc.get_objects()):
        raise NotForkableError("it has a connection to a database")


def _is_loaded_code(file: Path) -> bool:
    """Whether a file is a library of this process: libffi keeps its own open to map it again."""
    mapped = (line.split(maxsplit=5) for line in Path("/proc/self/maps").read_text("utf-8").splitlines())
    return any("x" in parts[1] and parts[5:] == [str(file)] for parts in mapped)


class Template:
    """Forks kernels on request."""

    def __init__(self, line: socket.socket) -> None:
        self._line = line
        self._selector = selectors.DefaultSelector()
        self._selector.register(line, selectors.EVENT_READ)
        self._pids: dict[int, int] = {}  # pidfd: pid

    def run(self) -> None:
        """Answer until the line is closed and all kernels have ended."""
        while self._selector.get_map():
            for key, _ in self._selector.select():
                if key.fileobj is self._line:
                    self._hear()
                else:
                    self._reap(key.fd)

    def _hear(self) -> None:
        message, descriptors = wire.receive(self._line)
        if message is None:
            self._selector.unregister(self._line)
            self._line.close()
            return
        lifeline, report = descriptors
        try:
            self._fork(message, lifeline, report)
        finally:
            os.close(lifeline)
            os.close(report)

    def _fork(self, request: dict[str, Any], lifeline: int, report: int) -> None:
        with socket.socket(fileno=os.dup(report)) as line:
            try:
                pid = os.fork()
            except OSError as error:
                _tell(line, {"error": f"it could not fork: {error}"})
                return
            if pid == 0:
                # Closed through the objects that own them: forgotten ones would later close the numbers again,
                # which are somebody else's by then.
                self._selector.close()
                self._line.close()
                raise _BornError(request, os.dup(lifeline), os.dup(report))
            pidfd = os.pidfd_open(pid)
            self._pids[pidfd] = pid
            self._selector.register(pidfd, selectors.EVENT_READ)
            _tell(line, {"pid": pid}, [pidfd])

    def _reap(self, pidfd: int) -> None:
        """Bury a kernel, and end what it had started: until then nobody else can have the number of its group."""
        pid = self._pids.pop(pidfd)
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        self._selector.unregister(pidfd)
        os.close(pidfd)


def _tell(line: socket.socket, message: dict[str, Any], descriptors: Iterable[int] = ()) -> None:
    with contextlib.suppress(OSError):  # whoever asked has gone; the kernel ends by its lifeline
        wire.send(line, message, list(descriptors))


def _prepare(settings: TemplateSettings, line: int) -> None:
    """Import, fill caches and, if so asked, make the shell. Whatever fails here would fail in each kernel."""
    for name in ONE_THREAD:
        os.environ[name] = "1"
    child.import_kernel()
    for name in settings.preload:
        importlib.import_module(name)
    for name in settings.optional:
        if _can_be_shared(name, line):
            importlib.import_module(name)
    for name in settings.warm:
        module, _, function = name.partition(":")
        getattr(importlib.import_module(module), function)()
    child.make_ready(shell=settings.level == "shell", heartbeat=settings.heartbeat)


def _can_be_shared(module: str, line: int) -> bool:
    """Import a module in a child first: some start threads or fail, and only the pages that use them need them."""
    if module in sys.modules:
        return True
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            importlib.import_module(module)
            check_forkable(line)
            code = 0
        except BaseException as error:
            print(f"{module} is not shared by kernels: {error}", file=sys.stderr, flush=True)  # noqa: T201
        finally:
            os._exit(code)
    return os.waitpid(pid, 0)[1] == 0


def _own_files() -> list[str]:
    """The files of modules that change while people work on them: ours, and none of what is installed."""
    found = []
    for name, module in list(sys.modules.items()):
        file = getattr(module, "__file__", None)
        if file and (name.partition(".")[0] in OURS or not file.startswith((sys.prefix, sys.base_prefix))):
            found.append(file)
    return sorted(found)


def main() -> NoReturn:
    """Run a template on the line whose descriptor is the last argument."""
    line = socket.socket(fileno=int(sys.argv[-1]))
    message, _ = wire.receive(line)
    if message is None:
        raise SystemExit(0)
    settings = TemplateSettings.read(message)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    offer_memory()
    try:
        check_lifeline()
        _prepare(settings, line.fileno())
        gc.collect()
        fill_holes()
        check_forkable(line.fileno())
    except Exception as error:
        _tell(line, {"error": f"{type(error).__name__}: {error}", "traceback": traceback.format_exc()})
        raise SystemExit(1) from None
    gc.disable()
    gc.freeze()  # or the collector of each child would write into pages that all share
    _tell(line, {"ready": settings.level, "files": _own_files()})
    _serve(line)


def _serve(line: socket.socket) -> NoReturn:
    try:
        Template(line).run()
    except _BornError as born:
        request, lifeline, report = born.request, born.lifeline, born.report
    else:
        raise SystemExit(0)
    child.run(request, lifeline, report)
