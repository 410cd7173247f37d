"""Opening a browser with a link that lets its reader in."""

import subprocess
import sys

OPEN = """
import sys
from pathlib import Path
from academy.browser import open_link
open_link(sys.argv[1], Path(sys.argv[2]))
"""


def test_the_command_line_of_the_browser_does_not_hold_the_link(tmp_path, monkeypatch):
    seen = tmp_path / "seen.txt"
    program = tmp_path / "browser"
    program.write_text(f"#!/bin/sh\necho \"$@\" > '{seen}'\n", "utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("BROWSER", f"{program} %s")
    link = "http://localhost:1/formgrader?token=secret-token&x=1"
    runtime = tmp_path / "data" / "runtime"
    subprocess.run([sys.executable, "-c", OPEN, link, str(runtime)], check=True)
    file = runtime / "open.html"
    assert seen.read_text("utf-8").strip() == file.as_uri()
    assert "token=secret-token&amp;x=1" in file.read_text("utf-8")
    assert (file.stat().st_mode & 0o777, runtime.stat().st_mode & 0o777) == (0o600, 0o700)
