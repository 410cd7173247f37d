"""A kernel that never outlives its server: `python -P stock.py -f <connection file>`."""

from __future__ import annotations

import ctypes
import os
import signal
import sys

__all__ = ["main"]

PR_SET_PDEATHSIG = 1


def die_with_parent() -> None:
    """Ask Linux to end this process when its parent ends, however that happens.

    Elsewhere ipykernel's own watch on its parent does the same within a second.
    """
    if not sys.platform.startswith("linux"):
        return
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    parent = os.environ.get("JPY_PARENT_PID", "")
    if parent.isdecimal() and os.getppid() != int(parent):
        os._exit(1)  # the server ended before we could ask


def main() -> None:
    """Run the kernel."""
    die_with_parent()
    from ipykernel.kernelapp import IPKernelApp
    from traitlets.config import Config

    config = Config()
    config.HistoryManager.enabled = False  # a file on disk for what nobody reads
    IPKernelApp.launch_instance(config=config)


if __name__ == "__main__":
    main()
