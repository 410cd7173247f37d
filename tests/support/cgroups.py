"""A machine's files about control groups: which group a process is in, what is mounted, what the groups say."""

from __future__ import annotations

from pathlib import Path

__all__ = ["V2", "process_in"]

V2 = [("/", "/cg", "cgroup2", "nsdelegate")]
"""Version 2, mounted at `cg`."""


def process_in(folder: Path, member: str, mounts: list[tuple[str, str, str, str]], **files: object) -> Path:
    """Write them below a folder, and return what stands for `/proc/self`."""
    process = folder / "proc"
    process.mkdir(exist_ok=True)
    (process / "cgroup").write_text(member)
    (process / "mountinfo").write_text(
        "".join(
            f"36 25 0:31 {root} {folder}{place} rw,nosuid - {kind} {kind} rw,{options}\n"
            for root, place, kind, options in mounts
        )
    )
    for name, text in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"{text}\n")
    return process
