"""Rehearsing: a template is used only after a kernel of it has done what a page asks of it."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path
from queue import Empty
from typing import Any

from jupyter_client.blocking.client import BlockingKernelClient
from jupyter_client.connect import write_connection_file

from academy_app.kernels.process import TemplateProcess

__all__ = ["RehearsalError", "rehearse"]

SECONDS = 20.0
CELL = """\
import os, sys
import ipywidgets
print("said")
print("heard", file=sys.stderr)
display(ipywidgets.IntText(value=3))
os.environ["ACADEMY_REHEARSAL"]
"""
EXPECTED = {
    "stdout": "said\n",
    "stderr": "heard\n",
    "widget": True,
    "comm": True,
    "result": "'of this kernel'",
}


class RehearsalError(Exception):
    """The kernel did not do as it should."""


def rehearse(template: TemplateProcess, environment: Mapping[str, str]) -> None:
    """Fork a kernel, run a cell in it, and end it politely. Raises RehearsalError, or what went wrong below."""
    with tempfile.TemporaryDirectory(prefix="academy-") as folder:
        file = str(Path(folder) / "kernel.json")
        write_connection_file(file, transport="ipc", ip=str(Path(folder) / "k"), key=b"rehearsal")
        own = {**environment, "ACADEMY_REHEARSAL": "of this kernel"}
        process = template.fork(own, folder, file).wait(SECONDS)
        try:
            client = BlockingKernelClient()
            client.load_connection_file(file)
            found = _run(client)
            if found != EXPECTED:
                raise RehearsalError(f"a cell gave {found}")
            process.wait(SECONDS)
        finally:
            process.let_go()


def _run(client: BlockingKernelClient) -> dict[str, Any]:
    """Run the cell, then ask the kernel to end; return what the cell gave."""
    client.start_channels(hb=False)
    found: dict[str, Any] = {}
    try:
        client.wait_for_ready(timeout=SECONDS)
        asked = client.execute(CELL)
        while True:
            message = client.get_iopub_msg(timeout=SECONDS)
            if message["parent_header"].get("msg_id") != asked:
                continue
            content, kind = message["content"], message["msg_type"]
            if kind == "status" and content["execution_state"] == "idle":
                break
            found |= _seen(kind, content)
        client.shutdown()
        client.get_control_msg(timeout=SECONDS)
    except Empty:
        raise RehearsalError("it did not answer") from None
    finally:
        client.stop_channels()
        client.context.term()
    return found


def _seen(kind: str, content: dict[str, Any]) -> dict[str, Any]:
    match kind:
        case "stream":
            return {content["name"]: content["text"]}
        case "comm_open":
            return {"comm": True}
        case "display_data":
            return {"widget": "application/vnd.jupyter.widget-view+json" in content["data"]}
        case "execute_result":
            return {"result": content["data"]["text/plain"]}
        case "error":
            return {"error": f"{content['ename']}: {content['evalue']}"}
    return {}
