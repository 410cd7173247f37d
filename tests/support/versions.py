"""Packages of another version, as far as what is installed can tell."""

from __future__ import annotations

from pathlib import Path

import pytest

__all__ = ["say_installed"]


def say_installed(monkeypatch: pytest.MonkeyPatch, folder: Path, package: str, version: str) -> None:
    """Let a package's metadata name a version, until the test's end. They are written into a folder of the test."""
    told = folder / f"{package.replace('-', '_')}-{version}.dist-info" / "METADATA"
    told.parent.mkdir()
    told.write_text(f"Metadata-Version: 2.1\nName: {package}\nVersion: {version}\n", "utf-8")
    monkeypatch.syspath_prepend(folder)
