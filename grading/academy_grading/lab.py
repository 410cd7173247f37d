"""Starts JupyterLab with formgrader on a course root."""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from academy.browser import open_link
from academy.course import Course, load_course
from academy.data import DataFolder
from academy.errors import AcademyError, DataError
from academy_grading.sources.course_root import build_course

__all__ = ["lab_command", "lab_environment", "open_lab"]

HOST = "127.0.0.1"
SECONDS_TO_START = 120
_EXTENSIONS = "nbgrader.server_extensions"


def open_lab(
    data_folder: DataFolder | str | os.PathLike[str],
    course: Course | str | os.PathLike[str],
    port: int,
    browser: bool,
    announce: Callable[[str], object] = print,
) -> int:
    """Run JupyterLab on this machine until it is stopped, and announce one link straight to formgrader.

    Returns its exit status. Port 0 takes any that is free. Raises AcademyError if the port is taken or JupyterLab does
    not start.
    """
    data = data_folder if isinstance(data_folder, DataFolder) else DataFolder.ensure(data_folder)
    chosen = course if isinstance(course, Course) else load_course(os.fspath(course))
    build_course(data, chosen)
    if port:
        _check_free(port)
    token = secrets.token_urlsafe(24)
    folder = data.runtime / "lab" / chosen.edition
    command, environment = lab_command(port), lab_environment(data, folder, token)
    log = folder / "lab.log"
    with log.open("wb") as file:
        server = subprocess.Popen(  # noqa: S603
            command, cwd=data.course_root(chosen.edition), env=environment, stdout=file, stderr=file
        )
    before = signal.signal(signal.SIGTERM, _interrupt)
    try:
        port = _wait_until_ready(server, Path(environment["JUPYTER_RUNTIME_DIR"]), log)
        link = f"http://{HOST}:{port}/formgrader?token={token}"
        announce(link)
        if browser:
            open_link(link, folder)
        return server.wait()
    except KeyboardInterrupt:
        return 0
    finally:
        _stop(server)
        signal.signal(signal.SIGTERM, before)


def lab_command(port: int) -> list[str]:
    """Return the command line: this environment's JupyterLab, open to this machine only."""
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", f"--ip={HOST}", f"--port={port}"]
    command += ["--ServerApp.port_retries=0", "--ServerApp.log_level=WARN"]
    # In a container everybody is root, and nobody but this machine can reach the server anyway.
    return [*command, "--allow-root"] if os.geteuid() == 0 else command


def lab_environment(
    data: DataFolder, folder: Path, token: str, base: Mapping[str, str] | None = None
) -> dict[str, str]:
    """Return the server's environment, and write the settings it points to into a folder: each edition has its own.

    The facilitator's own Jupyter settings are neither read nor written. The token is not on the command line, where
    other users of the machine could read it.
    """
    settings = folder / "config"
    settings.mkdir(parents=True, exist_ok=True, mode=0o700)
    for name, content in _SETTINGS.items():
        (settings / name).parent.mkdir(exist_ok=True)
        (settings / name).write_text(json.dumps(content, indent=1), "utf-8")
    environment = dict(os.environ if base is None else base)
    programs = str(Path(sys.executable).parent)
    environment |= {
        "ACADEMY_DATA": str(data.path),
        "JUPYTER_CONFIG_DIR": str(settings),
        "JUPYTER_RUNTIME_DIR": str(folder / "runtime"),
        "JUPYTER_TOKEN": token,
        "PATH": os.pathsep.join([programs, environment.get("PATH", os.defpath)]),
    }
    return environment


_SETTINGS: dict[str, dict[str, Any]] = {
    "jupyter_server_config.json": {
        "ServerApp": {
            "jpserver_extensions": {
                "academy_grading.formgrader.extension": True,
                f"{_EXTENSIONS}.formgrader": False,
                f"{_EXTENSIONS}.assignment_list": False,
                f"{_EXTENSIONS}.course_list": False,
                f"{_EXTENSIONS}.validate_assignment": False,
            }
        }
    },
    # No request to a third party: no news, no look for updates, no catalogue of extensions.
    "jupyter_lab_config.json": {
        "LabApp": {
            "news_url": None,
            "check_for_updates_class": "jupyterlab.NeverCheckForUpdate",
            "extension_manager": "readonly",
        }
    },
    "labconfig/default_setting_overrides.json": {
        "@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False}
    },
}


def _interrupt(_signal: int, _frame: object) -> None:
    raise KeyboardInterrupt


def _check_free(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise DataError(
                f"Port {port} is in use or not allowed ({error.strerror}). Stop the program that uses it, or choose "
                "another with --port."
            ) from None


def _wait_until_ready(server: subprocess.Popen[bytes], runtime: Path, log: Path) -> int:
    """Return the port on which the server answers, which it writes down itself."""
    written = runtime / f"jpserver-{server.pid}.json"
    written.unlink(
        missing_ok=True
    )  # of another process that had this number, in the folder this one was copied from
    for _ in range(SECONDS_TO_START * 5):
        try:
            server.wait(timeout=0.2)
        except subprocess.TimeoutExpired:
            with contextlib.suppress(OSError, ValueError):
                port = int(json.loads(written.read_text("utf-8"))["port"])
                if _answers(port):
                    return port
        else:
            break
    raise AcademyError(f"JupyterLab did not start. The end of {log} tells why.")


def _answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://{HOST}:{port}/login", timeout=2):
            return True
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False


def _stop(server: subprocess.Popen[bytes]) -> None:
    if server.poll() is None:
        server.terminate()
        try:
            server.wait(timeout=10)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()
