"""A lifeline ends a process, and all that it started, as soon as whoever holds the other end is gone.

It is a pipe that nobody writes to. The system itself kills the process group when the writing end is closed, however
that happens: also while the process computes, and without a thread that would watch. Linux only.
"""

from __future__ import annotations

import fcntl
import os
import signal
import time

from academy_app.kernels.wire import readable

__all__ = ["LIFELINE_CUTS", "check_lifeline", "hang_on"]

F_SETSIG = 10
"""`fcntl.F_SETSIG`, which Python does not name; the same number on all of Linux."""
LIFELINE_CUTS = signal.SIGKILL
_SECONDS = 5.0


def hang_on(lifeline: int) -> None:
    """Tie the calling process, which leads a group, to the reading end of a pipe."""
    fcntl.fcntl(lifeline, F_SETSIG, LIFELINE_CUTS)
    fcntl.fcntl(lifeline, fcntl.F_SETOWN, -os.getpid())
    fcntl.fcntl(lifeline, fcntl.F_SETFL, fcntl.fcntl(lifeline, fcntl.F_GETFL) | os.O_ASYNC)
    if readable(lifeline):
        os.kill(os.getpid(), LIFELINE_CUTS)  # it was cut before we hung on it


def check_lifeline() -> None:
    """Fork a child, cut its lifeline and see it die. Raises OSError where that does not work."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            os.close(writing)
            os.setsid()
            hang_on(reading)
            time.sleep(2 * _SECONDS)
        finally:
            os._exit(1)
    os.close(reading)
    watched = os.pidfd_open(pid)
    os.close(writing)
    died = readable(watched, _SECONDS)
    if not died:
        os.kill(pid, signal.SIGKILL)
    os.close(watched)
    status = os.waitpid(pid, 0)[1]
    if os.waitstatus_to_exitcode(status) != -LIFELINE_CUTS or not died:
        raise OSError("this system does not end a process when its lifeline is cut")
