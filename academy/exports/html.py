"""A paper as one HTML file: no script, nothing from elsewhere, readable offline and by screen readers."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, Template, select_autoescape

from academy.exports.bidi import isolated, reads_as
from academy.exports.paper import Answer, Block, Drawing, Grid, Paper, Paragraph, clean

__all__ = ["to_html"]

KINDS = {Paragraph: "paragraph", Answer: "answer", Grid: "grid", Drawing: "drawing"}


def to_html(paper: Paper) -> bytes:
    """Return the paper as a page that stands alone. Texts are escaped; drawings are those of `academy.pictures`."""
    return _template(paper.direction).render(paper=paper).encode()


def _kind(block: Block) -> str:
    return KINDS[type(block)]


@cache
def _template(direction: str) -> Template:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=select_autoescape(default=True, default_for_string=True),
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda value: (
            isolated(clean(value)) if isinstance(value, str) and not hasattr(value, "__html__") else value
        ),
    )
    environment.filters["kind"] = _kind
    environment.filters["way"] = lambda text: reads_as(text, direction)
    return environment.get_template("paper.html.j2")
