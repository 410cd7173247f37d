"""Sanitizes every page of formgrader and feedback before it is sent to a grader's browser."""

from __future__ import annotations

import re
from collections import deque
from functools import lru_cache
from typing import Any

from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from nbconvert.preprocessors import Preprocessor
from nbformat import NotebookNode
from traitlets import Bool

from academy_grading.formgrader.permitted_html import permitted
from academy_grading.text import shown

__all__ = ["RenderGuard", "permitted", "safe"]

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
    """Return Markdown rendered as the page itself would do it, but for what a page keeps to itself: addresses of
    links that stand apart from their links are shown where they stand.
    """
    markdown: Any = MarkdownWithMath(renderer=_NothingLoaded(escape=False, exclude_anchor_links=True))
    for rules in (markdown.block.rules, markdown.block.block_quote_rules, markdown.block.list_rules):
        if "ref_link" in rules:
            rules.remove("ref_link")
    return str(markdown.render(source))


class _NothingLoaded(IPythonRenderer):
    """Images are named, not shown; and no attribute is made that the guard would have to show as text."""

    def image(self, text: str, url: str, title: str | None = None) -> str:
        """Return the image's Markdown as text."""
        said = f'{url} "{title}"' if title else url
        return f"{shown('![')}{text}{shown(f']({said})')}"

    def block_code(self, code: str, info: str | None = None) -> str:
        """Return code as it is written, after what its first line says about it."""
        about = f"{shown(info)}<br>" if info else ""
        return f"<pre><code>{about}{shown(code)}</code></pre>\n"

    def heading(self, text: str, level: int, **attrs: Any) -> str:
        """Return a heading without an address."""
        return f"<h{level}>{text}</h{level}>\n"

    def table_cell(self, text: str, align: str | None = None, head: bool = False) -> str:
        """Return a cell of a table, which begins where all others do."""
        return f"<th>{text}</th>\n" if head else f"<td>{text}</td>\n"

    def task_list_item(self, text: str, checked: bool = False) -> str:
        """Return an item of a list with its box as text."""
        return f"<li>{shown('[x]' if checked else '[ ]')} {text}</li>\n"


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
