"""What happens in a forked process until it is a kernel like any other."""

# mypy: disable-error-code="no-untyped-call"

from __future__ import annotations

import atexit
import contextlib
import ctypes
import gc
import os
import random
import resource
import signal
import socket
import sys
import tempfile
import time
import traceback
import types
from typing import TYPE_CHECKING, Any, NoReturn

from academy_app.kernels import wire
from academy_app.kernels.lifeline import hang_on

if TYPE_CHECKING:
    from academy_app.kernels.app import ForkedApp

__all__ = ["NAME", "import_kernel", "make_ready", "run"]

NAME = "academy-kernel"
"""What the process is called in lists of processes; at most fifteen letters."""
PR_SET_NAME = 15
OUT_OF_MEMORY_SCORE = 500
"""When memory runs out, the system ends a kernel, whose page wakes again, rather than the server."""

_ready: ForkedApp | None = None


def import_kernel() -> None:
    """Import what each kernel needs; no thread, loop, socket or database comes with it."""
    if "ipykernel.debugger" not in sys.modules:
        # debugpy starts threads and takes memory, and nobody steps through the code of a page.
        stub = types.ModuleType("ipykernel.debugger")
        stub.__dict__.update(_is_debugpy_available=False, Debugger=type("Debugger", (), {}))
        sys.modules["ipykernel.debugger"] = stub
    for name in (
        "asyncio",
        "decimal",
        "faulthandler",
        "psutil",
        "ipykernel.comm.manager",
        "ipykernel.displayhook",
        "ipykernel.iostream",
        "ipykernel.ipkernel",
        "ipykernel.subshell_manager",
        "ipykernel.zmqshell",
        "IPython.core.completer",
        "IPython.core.magics",
        "IPython.core.payloadpage",
        "tornado.platform.asyncio",
        "zmq.eventloop.zmqstream",
        "academy_app.kernels.app",
    ):
        with contextlib.suppress(
            ImportError
        ):  # names inside of ipykernel may go; then the kernel does without
            __import__(name)
    _look_at_annotations()


def _look_at_annotations() -> None:
    """Let Python make the annotations of a socket's classes now, as it does when they are first looked at.

    It changes the class then and marks all that inherit from it; below `typing.Generic` these are hundreds.
    """
    for kind in sys.modules["zmq"].Socket.__mro__:
        getattr(kind, "__annotations__", None)


def make_ready(*, shell: bool, heartbeat: bool) -> None:
    """Make the kernel's application, and its shell too if asked, before the fork."""
    from academy_app.kernels.app import make_app

    global _ready
    _ready = make_app(shell=shell, heartbeat=heartbeat)


def run(request: dict[str, Any], lifeline: int, report: int) -> NoReturn:
    """Be the kernel that was asked for. Never returns: what the template left on the stack must not run here."""
    code = 1
    try:
        os.setsid()
        hang_on(lifeline)
        _let_go(lifeline, report)
        take_identity(request["env"], request["cwd"])
        assert _ready is not None
        gc.enable()
        _ready.begin(request["file"])
        with socket.socket(fileno=report) as line:
            wire.send(line, {"bound": True})
        _ready.start()
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:
        traceback.print_exc(file=sys.__stderr__)
        os._exit(1)  # not through atexit: a half-made context of sockets would never end
    finally:
        # A plain exit would free every object, and for that copy every page that is shared.
        with contextlib.suppress(BaseException):
            atexit._run_exitfuncs()
        with contextlib.suppress(Exception):
            sys.__stderr__.flush()  # type: ignore[union-attr]
        os._exit(code)


def _let_go(*kept: int) -> None:
    """Close all that belongs to the template and to other kernels."""
    signal.set_wakeup_fd(-1)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGCHLD):
        signal.signal(number, signal.default_int_handler if number == signal.SIGINT else signal.SIG_DFL)
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    begin = 3
    for descriptor in sorted(kept):
        os.closerange(begin, descriptor)
        begin = descriptor + 1
    os.closerange(begin, most if most != resource.RLIM_INFINITY else 1 << 20)
    with contextlib.suppress(OSError):
        ctypes.CDLL(None).prctl(PR_SET_NAME, NAME.encode(), 0, 0, 0)
    with contextlib.suppress(OSError), open("/proc/self/oom_score_adj", "w") as score:  # noqa: PTH123 - cheap
        score.write(str(OUT_OF_MEMORY_SCORE))


def take_identity(environment: dict[str, str], folder: str | None) -> None:
    """Take the environment, exactly, and whatever else must differ between two kernels of one template."""
    os.environ.clear()
    os.environ.update(environment)
    if "TZ" in environment:
        time.tzset()
    if folder:
        os.chdir(folder)
    tempfile.tempdir = None
    random.seed()
    if numpy := sys.modules.get("numpy.random"):
        numpy.seed()
