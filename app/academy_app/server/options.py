"""Options with which the server is started."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

from academy.content import course_folders, notebooks_root
from academy.data import DataFolder
from academy.errors import CourseError, DataError

__all__ = ["ServeOptions"]


def _say_nothing(_url: str) -> None:
    """The default for `on_ready`."""


@dataclass(frozen=True)
class ServeOptions:
    """Options of `serve`. `on_ready` is called with the address once the server answers."""

    data: DataFolder
    port: int = 8866
    ip: str = "127.0.0.1"
    base_url: str = "/"
    course: str | None = None
    """Id of the course; may be left out where there is only one."""
    trust_proxy: bool = False
    """Believe X-Forwarded-For and X-Forwarded-Proto: only behind a proxy that sets them itself."""
    frame_ancestors: tuple[str, ...] = ("'self'",)
    """Who may show the pages in a frame, as sources of a Content-Security-Policy."""
    kernels_per_person: int = 4
    max_kernels: int | None = None
    """How many kernels may be alive; without it as many as memory holds."""
    starting: int | None = None
    """How many pages may start at once; without it as many as the cores are good for."""
    idle_minutes: float = 30
    """How long a kernel lives that no page is connected to, or one in the background."""
    sleep_minutes: float = 120
    """How long a kernel lives whose page is open but not touched."""
    notebooks: Path = field(default_factory=notebooks_root)
    template: Path = field(default_factory=lambda: _widgets() / "voila" / "templates" / "academy")
    assets: Path = field(default_factory=lambda: _widgets() / "static")
    on_ready: Callable[[str], None] = _say_nothing

    @property
    def base(self) -> str:
        """The base URL with a slash at both ends."""
        inner = self.base_url.strip("/")
        return f"/{inner}/" if inner else "/"

    def course_id(self) -> str:
        """Return the course to serve. Raises CourseError if it was not said and there are several, or none."""
        if self.course:
            return self.course
        found = [*course_folders()]
        if len(found) == 1:
            return found[0]
        if not found:
            raise CourseError(
                f"There is no course in {self.data.path / 'exercises'}. Make one with: academy new course ID"
            )
        raise CourseError(f"There are several courses. Choose one with --course: {', '.join(found)}.")


def _widgets() -> Path:
    """The package of the front end, found without importing it."""
    spec = find_spec("academy_widgets")
    if spec is None or not spec.submodule_search_locations:
        raise DataError("The package academy_widgets is missing. Install Academy Kit again.")
    return Path(next(iter(spec.submodule_search_locations)))
