"""Firefox for tests, as Debian has it, spoken to in WebDriver BiDi: Playwright can't drive it."""

from __future__ import annotations

import base64
import json
import os
import re
import shutil
import subprocess
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

import websocket

NAMES = ("firefox-esr", "firefox")
PATIENCE = 60
PORT = ("--remote-debugging-port", "0")


def find() -> str | None:
    """Return a Firefox that is there: `ACADEMY_FIREFOX`, or one on the PATH."""
    chosen = os.environ.get("ACADEMY_FIREFOX")
    return chosen or next(filter(None, map(shutil.which, NAMES)), None)


class Firefox:
    """One browser with one tab. What a script gives comes back as JSON would hold it."""

    def __init__(self, program: str) -> None:
        self.profile = tempfile.TemporaryDirectory(prefix="academy-firefox-", ignore_cleanup_errors=True)
        (Path(self.profile.name) / "user.js").write_text(
            'user_pref("browser.shell.checkDefaultBrowser", false);\n'
            'user_pref("datareporting.policy.dataSubmissionEnabled", false);\n'
            'user_pref("remote.prefs.recommended", true);\n',
            "utf-8",
        )
        self.program = subprocess.Popen(
            [program, "--headless", "--no-remote", "--profile", self.profile.name, *PORT, "about:blank"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        try:
            address = f"{self._address()}/session"
            self.line = websocket.create_connection(address, timeout=PATIENCE, suppress_origin=True)
            self.number = 0
            self.ask("session.new", capabilities={})
            self.tab = self.ask("browsingContext.getTree")["contexts"][0]["context"]
        except BaseException:
            self.close()
            raise

    def _address(self) -> str:
        assert self.program.stderr
        for line in self.program.stderr:
            if found := re.search(r"WebDriver BiDi listening on (ws://\S+)", line):
                threading.Thread(
                    target=self.program.stderr.read, daemon=True
                ).start()  # a full pipe would stop it
                return found[1]
        raise RuntimeError("Firefox ended before it could be spoken to.")

    def ask(self, method: str, **parameters: Any) -> Any:
        """Return the answer to a command. Raises AssertionError with what Firefox said against it."""
        self.number += 1
        self.line.send(json.dumps({"id": self.number, "method": method, "params": parameters}))
        while True:
            answer = json.loads(self.line.recv())
            if answer.get("id") == self.number:
                assert answer["type"] == "success", f"{method}: {answer.get('message')}"
                return answer["result"]

    def open(self, address: str, before: str = "") -> None:
        """Open a page in the tab, after a script of ours has run in it."""
        script = ""
        if before:
            script = self.ask("script.addPreloadScript", functionDeclaration=f"() => {{ {before} }}")[
                "script"
            ]
        self.ask("browsingContext.navigate", context=self.tab, url=address, wait="complete")
        if script:
            self.ask("script.removePreloadScript", script=script)

    def resize(self, width: int, height: int) -> None:
        """Give the page a size."""
        self.ask("browsingContext.setViewport", context=self.tab, viewport={"width": width, "height": height})

    def run(self, script: str) -> Any:
        """Return what an expression gives, promises awaited."""
        answer = self.ask(
            "script.evaluate",
            expression=f"(async () => JSON.stringify(await (async () => ({script}))()) ?? 'null')()",
            target={"context": self.tab},
            awaitPromise=True,
        )
        assert answer["type"] == "success", answer["exceptionDetails"]["text"]
        return json.loads(answer["result"]["value"])

    def wait(self, script: str) -> Any:
        """Return what an expression gives as soon as that is true."""
        end = time.monotonic() + PATIENCE
        while not (found := self.run(script)):
            assert time.monotonic() < end, f"never true: {script}"
            self.run("new Promise((done) => requestAnimationFrame(done))")
        return found

    def type(self, selector: str, text: str) -> None:
        """Type into an element, by its selector."""
        assert self.run(f"document.querySelector({json.dumps(selector)}).focus(), true")
        keys = [{"type": kind, "value": one} for one in text for kind in ("keyDown", "keyUp")]
        self.ask(
            "input.performActions", context=self.tab, actions=[{"type": "key", "id": "keys", "actions": keys}]
        )

    def print(self) -> bytes:
        """Return the page on paper, as PDF."""
        return base64.b64decode(self.ask("browsingContext.print", context=self.tab, background=True)["data"])

    def picture(self) -> bytes:
        """Return what is seen, as PNG."""
        return base64.b64decode(self.ask("browsingContext.captureScreenshot", context=self.tab)["data"])

    def close(self) -> None:
        """End the browser and take its profile away."""
        if hasattr(self, "line"):
            self.line.close()
        self.program.terminate()
        try:
            self.program.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.program.kill()
            self.program.wait()
        self.profile.cleanup()
