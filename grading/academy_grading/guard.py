"""The last door before a grader's browser: pages of formgrader and feedback are rebuilt from what is permitted."""

from __future__ import annotations

import re
from collections import deque
from functools import lru_cache
from html.parser import HTMLParser
from typing import Any

from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from nbconvert.preprocessors import Preprocessor
from nbformat import NotebookNode
from traitlets import Bool

from academy_grading.text import shown

__all__ = ["RenderGuard", "permitted", "safe"]

_TAGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "p", "div", "span", "br", "hr", "ul", "ol", "li"}) | {
    *("blockquote", "pre", "code", "em", "strong", "del", "mark"),
    *("table", "thead", "tbody", "tr", "th", "td", "figure", "figcaption"),
}
_ALONE = frozenset({"br", "hr"})
# Drawings are lines, boxes, dots and words; nothing that moves, links or loads.
_DRAWN = frozenset({"svg", "line", "rect", "circle", "polyline", "text"})
_NUMBERS = re.compile(r"-?\d{1,5}(\.\d{1,3})?([ ,]-?\d{1,5}(\.\d{1,3})?){0,400}")
_DRAWING = {
    **dict.fromkeys(
        ("viewbox", "width", "height", "x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "rx"), _NUMBERS
    ),
    **dict.fromkeys(("points", "font-size", "stroke-width", "stroke-dasharray"), _NUMBERS),
    **dict.fromkeys(("fill-opacity", "stroke-opacity"), _NUMBERS),
    **dict.fromkeys(("fill", "stroke"), re.compile(r"none|currentColor")),
    "text-anchor": re.compile(r"start|middle|end"),
    "font-family": re.compile(r"sans-serif"),
    "direction": re.compile(r"ltr|rtl"),
    "aria-hidden": re.compile(r"true"),
}
_ATTRIBUTES = {
    "dir": re.compile(r"auto|ltr|rtl"),
    "lang": re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}"),
    "class": re.compile(r"academy-[a-z-]{1,30}( mathjax_ignore tex2jax_ignore)?"),
}
_WORD = re.compile(r"[A-Za-z0-9_-]{1,128}")
_SHORT = 2_000
_made: deque[str] = deque(maxlen=8)
"""Long texts that the guard has just made itself: nothing in them needs to be made again."""
_FLAGS = ("grade", "locked", "solution", "task")


class RenderGuard(Preprocessor):
    """Rebuild a notebook for display, so that nothing in it can run, load or link, whoever wrote it.

    The first layer is `text.shown`, which writes participants' text so that it stays text. This second layer does
    not rely on it, nor on any cell that calls itself locked: Markdown is rendered, and of the HTML that comes out
    only plain elements with harmless attributes are built again (`permitted`); all else is shown as text.
    In feedback it runs twice: before nbgrader adds the comments, and after.
    """

    enabled = Bool(True).tag(config=True)

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> tuple[NotebookNode, dict[str, Any]]:
        """Rebuild all cells, and the names that the page's head shows."""
        for name in ("first_name", "last_name", "student"):
            if isinstance(resources.get(name), str):
                resources[name] = shown(resources[name])
        nb.metadata = NotebookNode(language_info=NotebookNode(name="python"))
        nb.cells = [_rebuilt(cell, number) for number, cell in enumerate(nb.cells) if cell.cell_type != "raw"]
        return nb, resources


def _rebuilt(cell: NotebookNode, number: int) -> NotebookNode:
    metadata = NotebookNode()
    if isinstance(cell.metadata.get("nbgrader"), dict):
        metadata["nbgrader"] = _grading(cell.metadata["nbgrader"])
    rebuilt = NotebookNode(cell_type=cell.cell_type, id=f"cell-{number}", metadata=metadata)
    if cell.cell_type == "code":
        outputs = [_text(output) for output in cell.outputs]
        rebuilt.update(source=cell.source, execution_count=None, outputs=outputs)
    else:
        rebuilt["source"] = safe(cell.source)
    return rebuilt


def _grading(given: dict[str, Any]) -> NotebookNode:
    """Only what the templates read, each of the kind it should be."""
    known = _WORD.fullmatch(str(given.get("grade_id", ""))) is not None
    kept = NotebookNode({flag: known and given.get(flag) is True for flag in _FLAGS})
    kept["grade_id"] = given["grade_id"] if known else ""
    for name in ("points", "score"):
        if isinstance(given.get(name), int | float):
            kept[name] = given[name]
    if isinstance(given.get("comment"), str):
        kept["comment"] = f"<div>{shown(given['comment'])}</div>"
    return kept


def _text(output: NotebookNode) -> NotebookNode:
    if "data" in output:
        output["data"] = NotebookNode({"text/plain": output["data"].get("text/plain", "")})
        output["metadata"] = NotebookNode()
    return output


def _rendered(source: str) -> str:
    """Return Markdown rendered as the page itself would do it."""
    renderer = _NothingLoaded(escape=False, exclude_anchor_links=True)
    return str(MarkdownWithMath(renderer=renderer).render(source))


class _NothingLoaded(IPythonRenderer):
    """Images are named, not shown."""

    def image(self, text: str, url: str, title: str | None = None) -> str:
        """Return the image's Markdown as text."""
        return shown(f"![{text}]({url})")


def safe(source: str) -> str:
    """Return the HTML of a Markdown cell, rebuilt from permitted elements.

    What an exercise says comes again with each submission and is remembered; what people wrote only until a page
    of feedback has passed the guard for the second time.
    """
    if len(source) < _SHORT:
        return _met(source)
    if source in _made:
        return source
    made = permitted(_rendered(source))
    _made.append(made)
    return made


@lru_cache(maxsize=1000)
def _met(source: str) -> str:
    return permitted(_rendered(source))


def permitted(html: str) -> str:
    """Return `html` rebuilt from permitted elements; whatever else is in it becomes visible text.

    There is no empty line in the result, so that a Markdown renderer takes it as one block of HTML.
    """
    builder = _Builder()
    builder.feed(html)
    builder.close()
    return builder.result()


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.open: list[str] = []
        self.links: list[str] = []

    def set_cdata_mode(self, elem: str, **how: Any) -> None:
        """Read what stands in a script or a style as text and tags like all else: nothing is swallowed."""

    def result(self) -> str:
        """Close what is open, and return the document."""
        ends = [f"</{tag}>" for tag in reversed(self.open)]
        lines = [line for line in "".join(self.parts + ends).split("\n") if line.strip()]
        inside = "\n".join(lines)
        return inside if inside.startswith("<div") else f"<div>\n{inside}\n</div>"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.links.append(dict(attrs).get("href") or "")
        elif tag in _TAGS or self.draws(tag, attrs):
            rules = _DRAWING if tag in _DRAWN else _ATTRIBUTES
            kept = "".join(f' {name}="{value}"' for name, value in attrs if _harmless(rules, name, value))
            self.parts.append(f"<{tag}{kept}>")
            if tag not in _ALONE:
                self.open.append(tag)
        else:
            self.parts.append(shown(self.get_starttag_text() or ""))

    def draws(self, tag: str, attrs: list[tuple[str, str | None]]) -> bool:
        """Whether this is a drawing of ours, or a part of one."""
        if tag == "svg":
            return {name for name, _ in attrs} <= {*_DRAWING, "xmlns", "class", "focusable"}
        return tag in _DRAWN and "svg" in self.open

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag == "a" or tag in self.open:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self.links:
            self.parts.append(shown(f" ({self.links.pop()})"))  # where it leads: to read, not to click
        elif tag in self.open:
            while (inner := self.open.pop()) != tag:
                self.parts.append(f"</{inner}>")
            self.parts.append(f"</{tag}>")
        else:
            self.parts.append(shown(f"</{tag}>"))

    def handle_data(self, data: str) -> None:
        self.parts.append("\n" if data.isspace() and "\n" in data else shown(data))

    def handle_comment(self, data: str) -> None:
        self.parts.append(shown(f"<!--{data}-->"))

    def handle_decl(self, decl: str) -> None:
        self.parts.append(shown(f"<!{decl}>"))

    def unknown_decl(self, data: str) -> None:
        self.parts.append(shown(f"<![{data}]>"))

    def handle_pi(self, data: str) -> None:
        self.parts.append(shown(f"<?{data}>"))


def _harmless(rules: dict[str, re.Pattern[str]], name: str, value: str | None) -> bool:
    return name in rules and rules[name].fullmatch(value or "") is not None
