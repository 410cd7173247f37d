"""Solara in the same table: one process for all visitors, without isolation between them.

It is no dependency of ours: an environment is made for it and thrown away. Its form has as many controls as the
context map has columns and rows; the page is complete when the server says that its widgets are made.
"""

from __future__ import annotations

import asyncio
import json
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
import uuid
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tornado.httpclient import HTTPRequest
from tornado.websocket import websocket_connect

from tests.bench.line import Person
from tests.support.ports import free_port

__all__ = ["measure_solara"]

APP = """\
import solara

@solara.component
def Page():
    texts = [solara.use_reactive("") for _ in range(13)]
    choices = [solara.use_reactive("a") for _ in range(4)]
    for number, text in enumerate(texts):
        solara.InputText(f"Question {number}", value=text)
    for number, choice in enumerate(choices):
        solara.Select(f"Choice {number}", values=list("abcd"), value=choice)
"""
MINUTES = 10
FIRST, COUNT, CROWD, DEADLINE = 3, 15, 100, 300.0


def measure_solara(quick: bool, cpu: Any, memory: Any) -> tuple[dict[str, str], dict[str, float]] | str:
    """Return the cells and numbers of its column, or a sentence that says why there is none."""
    with tempfile.TemporaryDirectory(prefix="academy-bench-") as name:
        folder = Path(name)
        try:
            python = _installed(folder / "environment")
        except (subprocess.SubprocessError, OSError) as error:
            return f"Solara is absent: it could not be installed ({type(error).__name__})."
        (folder / "app.py").write_text(APP, "utf-8")
        port = free_port()
        command = [python, "-m", "solara", "run", "app.py", f"--port={port}", "--production", "--no-open"]
        with (folder / "log").open("wb") as log:
            server = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log)
        try:
            url = f"http://127.0.0.1:{port}/"
            if not _answers(url):
                return "Solara is absent: its server did not answer."
            return asyncio.run(
                _measure(url, server.pid, 5 if quick else COUNT, 20 if quick else CROWD, cpu, memory)
            )
        finally:
            server.terminate()
            server.wait(30)


def _installed(environment: Path) -> str:
    subprocess.run([sys.executable, "-m", "venv", environment], check=True, timeout=60 * MINUTES)
    python = str(environment / "bin" / "python")
    install = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "solara"]
    subprocess.run(install, check=True, timeout=60 * MINUTES, capture_output=True)
    return python


def _answers(url: str) -> bool:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(url):
                return True
        except OSError:
            time.sleep(0.2)
    return False


async def _measure(
    url: str, pid: int, count: int, crowd: int, cpu: Any, memory: Any
) -> tuple[dict[str, str], dict[str, float]]:
    held: list[Any] = []
    for _ in range(FIRST):
        held.append(await _visit(url))
    await asyncio.sleep(2)
    used, kept, seconds = sum(cpu(pid)), memory(pid), []
    for _ in range(count):
        begun = time.monotonic()
        held.append(await _visit(url))
        seconds.append(time.monotonic() - begun)
    each, megabytes = (sum(cpu(pid)) - used) / count, (memory(pid) - kept) / count
    begun = time.monotonic()
    visits = [asyncio.wait_for(_visit(url), DEADLINE) for _ in range(crowd)]
    came = await asyncio.gather(*visits, return_exceptions=True)
    last = time.monotonic() - begun
    failures = sum(isinstance(one, BaseException) for one in came)
    median = statistics.median(seconds)
    numbers = {
        "one visitor, request to complete page": median,
        "CPU a visitor, server and kernel": each,
        "memory a live visitor, form page": megabytes,
        f"{crowd} at once, failures": failures,
        f"{crowd} at once, last page": last,
    }
    texts = (
        f"{median:.2f} s (best {min(seconds):.2f})",
        f"{each:.2f} s",
        f"{megabytes:.1f} MB",
        str(failures),
        f"{last:.1f} s ({(crowd - failures) / last:.1f} a second)",
    )
    return dict(zip(numbers, texts, strict=True)), numbers


async def _visit(url: str) -> Any:
    """Load the page, connect, ask for the app and wait until it is made; return the socket, still open."""
    session = uuid.uuid4().hex
    status, _ = await Person(url, {"Cookie": f"solara-session-id={session}"}).ask("")
    if status != 200:
        raise OSError(f"status {status}")
    address = f"{url}jupyter/api/kernels/{uuid.uuid4()}/channels?session_id={uuid.uuid4().hex}"
    request = HTTPRequest(
        address.replace("http", "ws", 1),
        headers={"Cookie": f"solara-session-id={session}"},
        request_timeout=DEADLINE,
    )
    socket = await websocket_connect(request)
    comm = uuid.uuid4().hex
    opened = {"comm_id": comm, "target_name": "solara.control", "data": {}}
    run = {"method": "run", "args": {"path": "", "appName": "__default__", "themes": {}, "dark": False}}
    await socket.write_message(_message("comm_open", opened))
    await socket.write_message(_message("comm_msg", {"comm_id": comm, "data": run}))
    while (text := await socket.read_message()) is not None:
        if b'"finished"' in (text if isinstance(text, bytes) else text.encode()):
            return socket
    raise OSError("closed")


def _message(kind: str, content: dict[str, Any]) -> str:
    header = {
        "msg_id": uuid.uuid4().hex,
        "msg_type": kind,
        "session": "s",
        "username": "",
        "version": "5.3",
        "date": datetime.now(UTC).isoformat(),
    }
    parts = {"header": header, "parent_header": {}, "metadata": {}, "content": content, "buffers": []}
    return json.dumps({**parts, "channel": "shell"})
