"""Programs of the system that tests need, from its package manager."""

from __future__ import annotations

import os
import shutil
import subprocess

__all__ = ["installs"]

QUICKLY = ("-o", "Acquire::Retries=0", "-o", "Acquire::http::Timeout=20", "-o", "Acquire::https::Timeout=20")


def installs(package: str) -> bool:
    """Install a package where we may, without taking any other away; returns whether that went well."""
    if os.geteuid() != 0:
        return False
    if shutil.which("apt-get"):
        install = [
            "apt-get",
            "install",
            "-y",
            "-qq",
            "--no-install-recommends",
            "--no-remove",
            *QUICKLY,
            package,
        ]
        if _run(install):
            return True
        _run(["apt-get", "update", "-qq", *QUICKLY])
        return _run(install)
    return bool(shutil.which("dnf")) and _run(["dnf", "install", "-y", "-q", package])


def _run(command: list[str]) -> bool:
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    done = subprocess.run(
        command,
        check=False,
        env=quiet,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    return done.returncode == 0
