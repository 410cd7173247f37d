"""What came over a line, held against the types of documents: Python's and JavaScript's."""

from __future__ import annotations

import json
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from tools.node import find_node

__all__ = ["javascript_refuses", "javascript_takes"]

ROOT = Path(__file__).resolve().parents[2]
TYPES = ROOT / "widgets" / "academy_widgets" / "js" / "documents.js"
STRICT = [
    "--noEmit",
    "--strict",
    "--skipLibCheck",
    "--target",
    "ES2021",
    "--module",
    "ESNext",
    "--moduleResolution",
    "bundler",
]


def javascript_takes(messages: Mapping[str, Sequence[object]]) -> None:
    """Assert that JavaScript's types, each by its name, take messages as they were sent."""
    assert all(messages.values()), "nothing was recorded"
    assert javascript_refuses(messages) == ""


def javascript_refuses(messages: Mapping[str, Sequence[object]]) -> str:
    """Return what the compiler says of them, "" for nothing."""
    lines = [
        f"export const recorded{number}: documents.{name}[] = {json.dumps(list(sent))};"
        for number, (name, sent) in enumerate(messages.items())
    ]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "recorded.ts"
        file.write_text("\n".join([f'import type * as documents from "{TYPES}";', *lines]), "utf-8")
        done = subprocess.run(
            [find_node(), ROOT / "node_modules" / "typescript" / "bin" / "tsc", *STRICT, file],
            capture_output=True,
            text=True,
            check=False,
            cwd=ROOT,
        )
    return done.stdout + done.stderr
