"""`academy serve` as a process of its own, as `make serve` starts it."""

import re
import signal
import socket
import subprocess
import sys
import threading
import urllib.request

import pytest

from tests.support.patience import SECONDS, until

DEADLINE = 120


class Served:
    """A running `academy serve`, after it has printed its links."""

    def __init__(self, data, *words):
        self.data = str(data)
        command = [sys.executable, "-m", "academy", "serve", "--data", str(data), "--port", "0", *words]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        watchdog = threading.Timer(DEADLINE, self.process.kill)
        watchdog.start()
        self.said = ""
        for line in self.process.stdout:
            self.said += line
            if "Ctrl+C" in line:
                break
        watchdog.cancel()

    def __enter__(self):
        return self

    def __exit__(self, *_error):
        self.stop()

    def stop(self):
        self.process.send_signal(signal.SIGINT)
        self.process.communicate(timeout=DEADLINE)
        return self.process.returncode

    def links(self):
        """The link to join, and the facilitator's own, which is printed to terminals only."""
        (join,) = re.findall(r"http://\S+", self.said)
        asked = [
            sys.executable,
            "-m",
            "academy",
            "people",
            "links",
            "--role",
            "facilitator",
            "--data",
            self.data,
        ]
        told = subprocess.run(asked, capture_output=True, text=True, check=True)
        return [join, *re.findall(r"http://\S+", told.stdout)]


def path(link):
    return re.sub(r"^http://[^/]+", "", link)


def get(link):
    with urllib.request.urlopen(link, timeout=SECONDS) as answer:
        return answer.status, answer.read().decode()


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    return tmp_path_factory.mktemp("serve") / "data"


def test_serve_prints_links_that_work_and_the_same_ones_again(academy, data, tmp_path):
    with Served(data, "--ip", "127.0.0.1", "--base-url", "/kit/") as first:
        join, own = first.links()
        assert "/kit/join/" in join
        assert get(join)[0] == 200
        status, page = get(own)
        assert status == 200
        assert "Facilitator" in page

        second = academy("serve", "--data", data, "--port", "0")
        assert second.status == 1
        assert "already being served" in second.err

        assert academy("people", "add", "Maria", "--data", data).out.count(own.split("/kit/")[0]) == 1
        assert academy("backup", tmp_path / "b.tar.gz", "--data", data).status == 0

    with Served(data, "--ip", "127.0.0.1", "--base-url", "/kit/") as later:
        assert [path(link) for link in later.links()] == [path(join), path(own)]
        assert later.stop() == 0


def test_a_public_address_is_used_for_links(data, monkeypatch):
    monkeypatch.setenv("BROWSER", "/bin/true")
    words = ("--ip", "127.0.0.1", "--url", "http://kit.example.org/x", "--browser")
    with Served(data, *words) as served:
        opened = data / "runtime" / "open.html"
        assert until(opened.is_file)
        assert f"url={served.links()[1]}" in opened.read_text("utf-8")
        assert all(link.startswith("http://kit.example.org/x/j") for link in served.links())
        assert len(served.links()) == 2


def test_a_port_in_use_is_a_sentence(academy, data):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        shown = academy("serve", "--data", data, "--ip", "127.0.0.1", "--port", port)
    assert shown.status == 1
    assert shown.err.splitlines()[-1].startswith(f"Port {port} is in use already.")


def test_a_folder_with_other_files_is_not_taken_for_data(academy, tmp_path):
    (tmp_path / "thesis.txt").write_text("mine", "utf-8")
    shown = academy("serve", "--data", tmp_path)
    assert shown.status == 1
    assert "has other files in it" in shown.err
