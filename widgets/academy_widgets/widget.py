"""Base class of the kit's widgets."""

from __future__ import annotations

import os
from collections.abc import Mapping

import anywidget
import traitlets

from academy import i18n
from academy_widgets import assets

__all__ = ["PageWidget", "on_light_page"]


def on_light_page() -> bool:
    """Whether the page brings the widget's code itself, as a cached file."""
    return os.environ.get("ACADEMY_PAGE") == "light"


class PageWidget(anywidget.AnyWidget):
    """Shows something in a person's language, and answers the messages of its page.

    The synced traits go to the page only: what a page sets on them is never read.
    """

    texts = traitlets.Dict().tag(sync=True)
    lang = traitlets.Unicode("en").tag(sync=True)
    dir = traitlets.Unicode("ltr").tag(sync=True)
    _esm = traitlets.Unicode().tag(sync=True)
    _css = traitlets.Unicode().tag(sync=True)

    def __init__(self, name: str, texts: dict[str, str], language: str, **shown: object) -> None:
        light = on_light_page()
        super().__init__(
            texts=texts,
            lang=language,
            dir=i18n.direction(language),
            _esm=f"@academy/{name}" if light else assets.text(f"{name}.js"),
            _css="" if light else assets.text(f"{name}.css"),
            **shown,
        )
        self.on_msg(self._answer)

    def reply(self, message: object) -> Mapping[str, object] | None:
        """Return the answer to a message of the page, which is taken as hostile; None where there is none."""
        return None

    def _answer(self, _widget: object, content: object, _buffers: list[memoryview]) -> None:
        reply = self.reply(content)
        if reply is not None:
            self.send(reply)
