"""Built files of the front end, served under names that change with their content."""

from __future__ import annotations

import gzip
import json
import mimetypes
from functools import lru_cache
from pathlib import Path

__all__ = ["Assets"]

TEXT = (".css", ".js", ".json", ".mjs", ".svg")
_TYPES = {".js": "text/javascript", ".mjs": "text/javascript", ".woff2": "font/woff2"}


class Assets:
    """The files that `manifest.json` names: `{"page.js": "page-1A2B.js"}`."""

    def __init__(self, folder: Path, base_url: str) -> None:
        self.folder = folder
        self.base_url = base_url

    def urls(self) -> dict[str, str]:
        """Return the address of each file by its plain name."""
        return {name: f"{self.base_url}assets/{file}" for name, file in self._manifest().items()}

    def read(self, file: str, accepted: str = "") -> tuple[bytes, str, str] | None:
        """Return content, type and encoding of a file by its hashed name; None if there is none.

        `accepted` is what a browser says it can decode. Brotli files come from the build; they are a tenth smaller.
        """
        if file not in self._manifest().values():
            return None
        path = self.folder / file
        kind = _TYPES.get(path.suffix) or mimetypes.guess_type(file)[0] or "application/octet-stream"
        if path.suffix in TEXT:
            kind += "; charset=utf-8"
        codings = {part.partition(";")[0].strip() for part in accepted.split(",")}
        for encoding in ("br", "gzip") if path.suffix in TEXT else ():
            content = _content(path, encoding) if encoding in codings else None
            if content is not None:
                return content, kind, encoding
        content = _content(path, "")
        return None if content is None else (content, kind, "")

    def too_old(self) -> tuple[str, ...]:
        """Return the scripts that stand in a page for browsers that are too old for its others; nothing without them.

        The first is in the words of today and says that they were understood; the second is for any browser.
        """
        files = [self._manifest().get(name) for name in ("speaks.js", "old.js")]
        scripts = [_content(self.folder / file, "") for file in files if file]
        return tuple(script.decode() for script in scripts if script)

    def _manifest(self) -> dict[str, str]:
        path = self.folder / "manifest.json"
        try:
            return _manifest(path, path.stat().st_mtime_ns)
        except OSError:
            return {}


@lru_cache(maxsize=4)
def _manifest(path: Path, _changed: int) -> dict[str, str]:
    listed: dict[str, object] = json.loads(path.read_text("utf-8"))
    return {name: file for name, file in listed.items() if isinstance(file, str) and Path(file).name == file}


@lru_cache(maxsize=64)
def _content(path: Path, encoding: str) -> bytes | None:
    """The name changes with the content, so what was read once stays right."""
    try:
        if encoding == "br":
            return path.with_name(f"{path.name}.br").read_bytes()
        content = path.read_bytes()
    except OSError:
        return None
    return gzip.compress(content, 9, mtime=0) if encoding else content
