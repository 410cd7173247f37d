"""`academy lab` says in a sentence why it can't begin, and leaves nothing behind."""

import json
import signal
import socket

import psutil
import pytest

from academy.errors import AcademyError, DataError
from academy_grading.lab import lab_command, lab_environment, open_lab


def test_a_lab_that_does_not_begin_says_where_the_reason_stands(small, monkeypatch):
    monkeypatch.setenv("PYTHONHOME", "/nowhere")  # no Python can start like that
    log = small.data.runtime / "lab" / "small-course" / "lab.log"
    before, running = signal.getsignal(signal.SIGTERM), psutil.Process().children()
    said = []
    with pytest.raises(AcademyError, match=f"^JupyterLab did not start. The end of {log} tells why.$"):
        open_lab(small.data, small.course, 0, browser=False, announce=said.append)
    assert "encodings" in log.read_text("utf-8")
    assert (said, signal.getsignal(signal.SIGTERM)) == ([], before)
    assert psutil.Process().children() == running
    assert (small.root / "source" / "plan" / "plan.ipynb").is_file()


def test_a_port_that_is_in_use_is_named_before_anything_is_started(small):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(DataError, match=f"^Port {port} is in use or not allowed .*with --port"):
            open_lab(str(small.data.path), "small-course", port, browser=False)
    assert not (small.data.runtime / "lab" / "small-course" / "lab.log").exists()


def test_the_lab_is_for_this_machine_and_keeps_its_token_out_of_the_command(small, monkeypatch):
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    command = lab_command(8123)
    assert command[1:] == [
        *("-m", "jupyterlab", "--no-browser", "--ip=127.0.0.1", "--port=8123"),
        *("--ServerApp.port_retries=0", "--ServerApp.log_level=WARN"),
    ]
    monkeypatch.setattr("os.geteuid", lambda: 0)
    assert lab_command(8123) == [*command, "--allow-root"]
    environment = lab_environment(
        small.data, small.data.runtime / "lab", "secret", {"PATH": "/usr/bin", "MINE": "stays"}
    )
    folder = small.data.runtime / "lab"
    programs, _, rest = environment.pop("PATH").partition(":")
    assert (command[0].startswith(programs), rest) == (True, "/usr/bin")
    assert environment == {
        "MINE": "stays",
        "ACADEMY_DATA": str(small.data.path),
        "JUPYTER_CONFIG_DIR": str(folder / "config"),
        "JUPYTER_RUNTIME_DIR": str(folder / "runtime"),
        "JUPYTER_TOKEN": "secret",
    }
    assert (folder / "config").stat().st_mode & 0o777 == 0o700


def test_the_lab_has_our_formgrader_and_asks_nobody_on_the_internet(small):
    for _ in range(2):
        lab_environment(small.data, small.data.runtime / "lab", "secret")
    folder = small.data.runtime / "lab" / "config"
    server, lab, more = (
        json.loads((folder / name).read_text("utf-8"))
        for name in (
            "jupyter_server_config.json",
            "jupyter_lab_config.json",
            "labconfig/default_setting_overrides.json",
        )
    )
    on = [name for name, is_on in server["ServerApp"]["jpserver_extensions"].items() if is_on]
    off = [name for name, is_on in server["ServerApp"]["jpserver_extensions"].items() if not is_on]
    assert on == ["academy_grading.formgrader.extension"]
    names = ("formgrader", "assignment_list", "course_list", "validate_assignment")
    assert off == [f"nbgrader.server_extensions.{name}" for name in names]
    assert lab["LabApp"] == {
        "news_url": None,
        "check_for_updates_class": "jupyterlab.NeverCheckForUpdate",
        "extension_manager": "readonly",
    }
    (notices,) = more.values()
    assert notices == {"fetchNews": "false", "checkForUpdates": False}
