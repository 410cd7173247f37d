"""Renders a drawing as PNG, for places that take no SVG, with the kit's own fonts and the machine's."""

from __future__ import annotations

import json

from academy.exports.drawing import layers
from academy.exports.pdf import FONTS, HERE

__all__ = ["to_png"]

TEMPLATE = HERE / "picture.typ"
DOTS_PER_INCH = 72
"""One for each unit: the sheet's units are points."""


def to_png(svg: str) -> bytes:
    """Return an SVG as PNG, one dot for each of its units."""
    import typst

    png: bytes = typst.compile(
        TEMPLATE,
        root=HERE,
        font_paths=[FONTS],
        sys_inputs={"drawing": json.dumps(layers(svg), ensure_ascii=False)},
        format="png",
        ppi=DOTS_PER_INCH,
    )
    return png
