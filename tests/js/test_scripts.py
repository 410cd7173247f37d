"""The front end's own tests, run by Node."""

import subprocess
from pathlib import Path

from tools.node import find_node

FOLDER = Path(__file__).parent


def test_the_scripts_keep_their_laws():
    files = sorted(map(str, FOLDER.rglob("*.test.mjs")))
    assert len(files) >= 9
    done = subprocess.run([find_node(), "--test", *files], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-5000:] + done.stderr
    assert "# fail 0" in done.stdout
