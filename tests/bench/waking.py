"""How long a sleeping page takes from the first touch until everything is back and the caret where it was.

python tests/bench/waking.py [times]
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tools")]

import browser  # noqa: E402

from tests.support.phone import Phone  # noqa: E402
from tests.support.server import AcademyServer  # noqa: E402

TEXT = "Two gangs became one desk."
BACK = (
    "() => !document.documentElement.dataset.before && document.activeElement?.value === '%s'"
    " && document.activeElement.selectionStart === 4"
)


def main() -> None:
    """Print each time and the middle one."""
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        data = Path(folder) / "data"
        subprocess.run(
            [sys.executable, "-m", "academy", "init", "--data", str(data)], check=True, capture_output=True
        )
        chromium = playwright.chromium.launch(executable_path=browser.find(), args=["--no-sandbox"])
        with AcademyServer(data, sleep_minutes=4 / 60) as server:
            took = sorted(woken(server, chromium, number) for number in range(times))
    print(f"from the touch to everything back: {', '.join(f'{one:.2f} s' for one in took)}")
    print(f"middle {took[len(took) // 2]:.2f} s, best {took[0]:.2f} s; wanted 2.5 s at most")


def woken(server: AcademyServer, chromium: Browser, number: int) -> float:
    """Write, let the page fall asleep, touch it; returns the seconds until it is as it was."""
    phone = Phone(chromium)
    phone.sign_in(server, f"Person {number}")
    form = phone.open_week(server)
    form.add_row()
    box = form.cards.first.locator("textarea").first
    box.press_sequentially(TEXT)
    form.wait_until_saved()
    box.evaluate("box => box.setSelectionRange(4, 4)")
    phone.page.evaluate("document.documentElement.dataset.before = true")
    phone.page.locator('#academy-status[data-state="asleep"]').wait_for(timeout=60_000)
    begun = time.monotonic()
    phone.page.keyboard.press("Shift")
    phone.page.wait_for_function(BACK % TEXT, timeout=60_000)
    took = time.monotonic() - begun
    phone.close()
    return took


if __name__ == "__main__":
    main()
