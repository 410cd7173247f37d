"""A stock Voilà with our template, on notebooks that a test writes; only its kernels are forked, to be there sooner."""

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
from pathlib import Path

import nbformat

from academy_app.kernels import PROVISIONER
from tests.support.ports import free_port
from tools.node import find_node

ROOT = Path(__file__).parents[2]
TEMPLATE = ROOT / "widgets" / "academy_widgets" / "voila" / "templates" / "academy"
DEADLINE = 60
OF_EACH_REQUEST = (
    "JPY_SESSION_NAME",
    "PATH_INFO",
    "QUERY_STRING",
    "SCRIPT_NAME",
    "SERVER_NAME",
    "SERVER_PORT",
    "SERVER_PROTOCOL",
    "SERVER_SOFTWARE",
    "VOILA_APP_PORT",
    "VOILA_REQUEST_URL",
)
"""What Voilà says of a request in its kernel's environment."""
KERNEL = {
    "argv": [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"],
    "display_name": "Python 3",
    "language": "python",
    "metadata": {
        "kernel_provisioner": {
            "provisioner_name": PROVISIONER,
            "config": {"preload": ["ipywidgets", "anywidget"], "personal": OF_EACH_REQUEST},
        }
    },
}


def notebook(*cells: str, **metadata):
    """A notebook: cells that start with "md:" are Markdown, the others code."""
    made = nbformat.v4.new_notebook(
        metadata={"kernelspec": {"name": "python3", "display_name": "", "language": "python"}}
    )
    made.metadata.update(metadata)
    for cell in cells:
        if cell.startswith("md:"):
            made.cells.append(nbformat.v4.new_markdown_cell(cell.removeprefix("md:")))
        else:
            made.cells.append(nbformat.v4.new_code_cell(cell))
    return made


def install_template(share: Path) -> dict[str, str]:
    """Put template and built front end where a stock Voilà finds them; return the assets' addresses."""
    folder = share / "voila" / "templates" / "academy"
    shutil.copytree(TEMPLATE, folder)
    kernel = share / "kernels" / "python3" / "kernel.json"
    kernel.parent.mkdir(parents=True)
    kernel.write_text(json.dumps(KERNEL), "utf-8")
    subprocess.run(
        [find_node(), "tools/build_js.mjs", folder / "static"], cwd=ROOT, check=True, capture_output=True
    )
    manifest = json.loads((folder / "static" / "manifest.json").read_text())
    return {name: f"/voila/templates/academy/static/{file}" for name, file in manifest.items()}


class VoilaApp:
    """One Voilà process serving the notebooks of a folder."""

    def __init__(self, folder: Path, share: Path, context: dict) -> None:
        self.folder, self.share = folder, share
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}/"
        self.process = None
        self.log: list[str] = []
        config = {
            "VoilaConfiguration": {"template": "academy", "resources": {"academy": context}},
            "Voila": {"tornado_settings": {"disable_check_xsrf": True}},
        }
        folder.mkdir(exist_ok=True)
        (folder / "voila.json").write_text(json.dumps(config))

    def page(self, name: str, *cells: str, **metadata) -> str:
        """Write a notebook and return the address of its page, as a path."""
        nbformat.write(notebook(*cells, **metadata), self.folder / f"{name}.ipynb")
        return f"voila/render/{name}.ipynb"

    def start(self) -> None:
        """Start and wait until it says that it is running."""
        environment = {
            **os.environ,
            "JUPYTER_PATH": str(self.share),
            "JUPYTER_CONFIG_DIR": str(self.share / "config"),
        }
        command = [
            sys.executable,
            "-m",
            "voila",
            "--no-browser",
            f"--port={self.port}",
            "--server_url=/",
            ".",
        ]
        self.process = subprocess.Popen(
            command,
            cwd=self.folder,
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.running = threading.Event()
        self.reader = threading.Thread(target=self._read_log, args=[self.process.stderr])
        self.reader.start()
        assert self.running.wait(DEADLINE), "".join(self.log)
        assert self.process.poll() is None, "".join(self.log)

    def stop(self) -> None:
        """Stop as a service manager does."""
        if self.process:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(DEADLINE)
            self.reader.join(DEADLINE)
            self.process = None

    def _read_log(self, stream) -> None:
        for line in stream:
            self.log.append(line)
            if "is running at" in line:
                self.running.set()
        self.running.set()
