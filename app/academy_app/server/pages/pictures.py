"""Pictures of a page's text: files beside the page, which become a part of it."""

from __future__ import annotations

import base64
import mimetypes
from pathlib import Path

__all__ = ["Pictures"]


class Pictures:
    """What Voilà asks of a contents manager when a text shows a picture, for the pictures beside one page."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()

    def file_exists(self, name: str) -> bool:
        """Whether this is a picture in the page's folder or below."""
        return self._file(name) is not None

    def get(self, name: str, **_: object) -> dict[str, str]:
        """Return the picture in base64."""
        file = self._file(name)
        return {"content": base64.b64encode(file.read_bytes()).decode("ascii") if file else ""}

    def _file(self, name: str) -> Path | None:
        if "\0" in name or not (mimetypes.guess_type(name)[0] or "").startswith("image/"):
            return None
        file = (self.folder / name).resolve()
        return file if file.is_relative_to(self.folder) and file.is_file() else None
