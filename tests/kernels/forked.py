"""A forked kernel and somebody who asks it things."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

import psutil
from jupyter_client.blocking.client import BlockingKernelClient
from jupyter_client.connect import write_connection_file

from academy_app.kernels.process import TemplateProcess
from tests.support.patience import SECONDS

__all__ = ["ENVIRONMENT", "SECONDS", "Kernel", "python_modules"]

ENVIRONMENT = {"PATH": "/usr/bin:/bin", "HOME": "/nowhere", "LANG": "C.UTF-8", "ACADEMY_TESTED": "yes"}


class Kernel:
    """One kernel of a template, on sockets in a folder of its own."""

    def __init__(self, template: TemplateProcess, person: str = "", cwd: str | None = None) -> None:
        self.folder = tempfile.TemporaryDirectory(prefix="academy-test-")
        self.file = Path(self.folder.name) / "kernel.json"
        write_connection_file(
            str(self.file),
            transport="ipc",
            ip=str(Path(self.folder.name) / "k"),
            key=f"key of {person}".encode(),
        )
        environment = {**ENVIRONMENT, "ACADEMY_PERSON": person}
        self.process = template.fork(environment, cwd or self.folder.name, str(self.file)).wait(SECONDS)
        self.client = BlockingKernelClient()
        self.client.load_connection_file(str(self.file))
        self.client.start_channels(hb=False)
        self.client.wait_for_ready(timeout=SECONDS)

    @property
    def psutil(self) -> psutil.Process:
        return psutil.Process(self.process.pid)

    def run(self, code: str) -> str:
        """Run code; return what it printed. Raises AssertionError with the error if there was one."""
        printed = ""

        def hear(message: dict[str, Any]) -> None:
            nonlocal printed
            if message["msg_type"] == "stream":
                printed += message["content"]["text"]

        reply = self.client.execute_interactive(code, timeout=SECONDS, output_hook=hear)
        assert reply["content"]["status"] == "ok", reply["content"]
        return printed

    def value(self, expression: str, setup: str = "") -> Any:
        """Return the value of an expression, by way of JSON."""
        return json.loads(self.run(f"import json\n{setup}\nprint(json.dumps({expression}))"))

    def shut_down(self) -> None:
        """Ask it to end, and wait."""
        self.client.shutdown()
        self.process.wait(SECONDS)

    def close(self) -> None:
        self.client.stop_channels()
        self.client.context.term()
        self.process.let_go()
        self.folder.cleanup()

    def __enter__(self) -> Kernel:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def python_modules(folder: Path, **sources: str) -> str:
    """Write modules into a folder; returns it as a PYTHONPATH."""
    folder.mkdir(exist_ok=True)
    for name, source in sources.items():
        (folder / f"{name}.py").write_text(source, "utf-8")
    return str(folder)
