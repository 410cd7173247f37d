"""The kernel application, created before the fork and started after it."""

# mypy: disable-error-code="no-untyped-call"

from __future__ import annotations

import logging
import os
import sys
import uuid
from typing import Any

from ipykernel.iostream import OutStream
from ipykernel.ipkernel import IPythonKernel
from ipykernel.kernelapp import IPKernelApp
from IPython.core.application import BaseIPythonApplication
from traitlets.config import Config
from zmq.eventloop.zmqstream import ZMQStream

from academy.private_names import why_not

__all__ = ["ForkedApp", "ForkedKernel", "make_app", "why_no_shell"]

CHANNELS = ("shell", "iopub", "stdin", "control", "hb")
NO_HEARTBEAT = 1
FAREWELL_SECONDS = 1.0
CELL = "None"
WARM_UP = 10
"""Runs of a cell before the fork: Python makes code faster after it has run eight times, and kernels share that."""


class ForkedKernel(IPythonKernel):
    """IPython's kernel without the debugger, which is not imported."""

    async def poll_stopped_queue(self) -> None:
        """Wait for nothing: no debugger stops anywhere."""


class PatientStream(OutStream):
    """Standard output or error of a kernel, which waits for its thread only if there is something to send.

    Each cell flushes both six times over, and each time two threads would wait for one another.
    """

    _written = False

    def write(self, string: str) -> int:
        """Write to whoever reads the page."""
        self._written = True
        return int(super().write(string) or 0)

    def flush(self) -> None:
        """Send what was written since it was last sent."""
        if self._written:
            self._written = False
            super().flush()


class ForkedApp(IPKernelApp):
    """A kernel's application without what one application for each kernel would need: `begin` makes it a kernel."""

    name = "ipython-kernel"
    heartbeats = True
    has_shell = False

    def begin(self, connection_file: str) -> None:
        """Bind the sockets named in the connection file, and be ready to start."""
        if self.has_shell:
            self.connection_file = connection_file
            _attach(self)
        else:
            self.initialize(["-f", connection_file])
        if widgets := sys.modules.get("ipywidgets"):
            # It was imported before there was a kernel to offer itself to; pages ask it for all widgets' state.
            widgets.register_comm_target()

    def parse_command_line(self, argv: Any = None) -> None:
        """Take the connection file; the whole parser would cost twenty milliseconds for one word."""
        arguments = argv or []
        if arguments[:1] == ["-f"] and len(arguments) == 2:
            self.connection_file = arguments[1]

    def configure_tornado_logger(self) -> None:
        """Do it once, before the fork if there is a shell then."""
        if not logging.getLogger("tornado").handlers:
            super().configure_tornado_logger()

    def start(self) -> None:
        """Be a kernel until it is asked to end; then let the answer to that be sent before sockets are closed."""
        super().start()
        self.control_thread.stop()
        self.control_thread.join(FAREWELL_SECONDS)

    def init_heartbeat(self) -> None:
        """Answer heartbeats if somebody listens: the server learns from the system itself that a kernel died."""
        if self.heartbeats:
            super().init_heartbeat()
        else:
            self.hb_port = self.hb_port or NO_HEARTBEAT


def why_no_shell() -> str | None:
    """Return why a shell made before the fork can't be used, or None: what it touches differs by version."""
    return why_not("kernel-shell")


def make_app(*, shell: bool, heartbeat: bool) -> ForkedApp:
    """Return an application for `begin`. Raises RuntimeError if a shell is asked for that can't be shared."""
    config = Config()
    config.HistoryManager.enabled = False  # a database and a thread for what nobody reads
    config.IPKernelApp.capture_fd_output = False  # two threads for what only C code writes
    app: ForkedApp = ForkedApp.instance(config=config)
    app.kernel_class = ForkedKernel
    app.outstream_class = f"{__name__}.{PatientStream.__name__}"
    app.heartbeats = heartbeat
    app.log_level = 40
    app.log.setLevel(app.log_level)  # or each line is made, for nobody
    app.parent_handle = 1  # no thread that polls the parent: the lifeline does it
    if shell:
        if reason := why_no_shell():
            raise RuntimeError(reason)
        _make_shell(app)
    return app


def _make_shell(app: ForkedApp) -> None:
    """Do of `IPKernelApp.initialize` what needs no socket."""
    BaseIPythonApplication.initialize(app, [])
    app.init_pdb()
    app.init_blackhole()
    app.kernel = ForkedKernel.instance(
        parent=app, session=app.session, log=app.log, profile_dir=app.profile_dir, user_ns=app.user_ns
    )
    app.init_path()
    app.init_shell()
    app.init_gui_pylab()
    app.init_extensions()
    app.init_code()
    app.configure_tornado_logger()
    assert app.shell is not None
    for _ in range(WARM_UP):
        app.shell.run_cell(CELL, store_history=False, silent=True)
    app.has_shell = True


def _attach(app: ForkedApp) -> None:
    """Do the rest of `IPKernelApp.initialize` and `init_kernel`, with a kernel that is there already."""
    kernel, shell = app.kernel, app.shell
    assert shell is not None
    app.session.pid = os.getpid()
    app.session.session = str(uuid.uuid4())
    kernel.ident = str(uuid.uuid4())
    os.environ.setdefault("MPLBACKEND", "module://matplotlib_inline.backend_inline")
    app.init_connection_file()
    app.init_poller()
    given = [getattr(app, f"{name}_port") for name in CHANNELS]
    app.init_sockets()
    app.init_heartbeat()
    if not all(given):
        app.write_connection_file()
    app.log_connection_info()
    app.init_io()
    app.init_signal()
    shell_stream = ZMQStream(app.shell_socket, app.shell_channel_thread.io_loop)
    app.shell_channel_thread.shell_stream = shell_stream
    kernel.shell_stream = shell_stream
    kernel.control_stream = ZMQStream(app.control_socket, app.control_thread.io_loop)
    kernel.debugpy_stream = ZMQStream(app.debugpy_socket, app.control_thread.io_loop)
    app.control_thread.start()
    app.shell_channel_thread.start()
    kernel.control_thread, kernel.shell_channel_thread = app.control_thread, app.shell_channel_thread
    kernel.iopub_thread, kernel.iopub_socket = app.iopub_thread, app.iopub_socket
    kernel.stdin_socket, kernel.debug_shell_socket = app.stdin_socket, app.debug_shell_socket
    kernel._stdout, kernel._stderr = sys.stdout, sys.stderr
    kernel.record_ports({f"{name}_port": port for name, port in app._ports.items()})
    for hook in (shell.displayhook, shell.display_pub):
        hook.session, hook.pub_socket = app.session, app.iopub_socket
    shell.displayhook.topic = kernel._topic("execute_result")
    app.displayhook.get_execution_count = lambda: kernel.execution_count
    sys.stdout.flush()
    sys.stderr.flush()
