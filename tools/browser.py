"""Find a Chromium for the browser tests, or install one."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
from tools.system import installs as system_installs

LIGHT = "chromium-headless-shell"
"""The same engine without a desktop's browser around it: a page opens in a quarter of the time."""
NAMES = (LIGHT, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find() -> str | None:
    """Return a browser that is there: `ACADEMY_CHROMIUM`, one on the PATH, or Playwright's own."""
    chosen = os.environ.get("ACADEMY_CHROMIUM")
    if chosen:
        return chosen
    for name in NAMES:
        if path := shutil.which(name):
            return path
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def install() -> None:
    """Install Chromium with the system's package manager where we may, else with Playwright."""
    if not system_installs(LIGHT) and not find() and not system_installs("chromium"):
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)


def main() -> int:
    """Make sure that there is a browser; say what to do if there can't be one."""
    if "ACADEMY_CHROMIUM" not in os.environ and not shutil.which(LIGHT):
        install()
    if not find():
        print(
            "No Chromium was found and none could be installed. Install Chromium with your package manager, "
            "or name one with ACADEMY_CHROMIUM=/path/to/chromium, and run make test again.",
            file=sys.stderr,
        )
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
