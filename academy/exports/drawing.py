"""Prepares an SVG for the typesetter: lines as a picture, texts apart, set with real fonts."""

from __future__ import annotations

from xml.etree import ElementTree

from academy.exports.bidi import isolated, reads

__all__ = ["layers"]

_SVG = "http://www.w3.org/2000/svg"
_TEXT = f"{{{_SVG}}}text"
_TURNED = {"start": "end", "end": "start"}
_GENERIC = frozenset({"serif", "sans-serif", "monospace", "system-ui"})


def layers(svg: str) -> dict[str, object]:
    """Return a drawing of ours as `svg` without its texts, its size, its fonts, and `texts`.

    A text has its place, size, colour, weight, direction, and `at`: how much of it lies left of its place. Inside an
    SVG the typesetter takes one font for all letters, knows no `direction`, and mixes up texts of two directions.
    """
    root = ElementTree.fromstring(svg)  # noqa: S314 - drawn by the kit, with every text escaped
    rtl = root.get("direction") == "rtl"
    size = float(root.get("font-size", 16))
    names = [name.strip(" '\"") for name in root.get("font-family", "").split(",")]
    texts = [_text(element, size, rtl) for element in root.iter(_TEXT)]
    for parent in list(root.iter()):
        for element in parent.findall(_TEXT):
            parent.remove(element)
    ElementTree.register_namespace("", _SVG)
    return {
        "svg": ElementTree.tostring(root, encoding="unicode"),
        "width": float(root.get("width", 0)),
        "height": float(root.get("height", 0)),
        "fonts": [name for name in names if name and name not in _GENERIC],
        "texts": texts,
    }


def _text(element: ElementTree.Element, size: float, rtl: bool) -> dict[str, object]:
    said = isolated("".join(element.itertext()))
    at = element.get("text-anchor", "start")
    fill = element.get("fill", "")
    return {
        "x": float(element.get("x", 0)),
        "y": float(element.get("y", 0)),
        "size": float(element.get("font-size", size)),
        "at": {"start": 0, "middle": 0.5, "end": 1}[_TURNED.get(at, at) if rtl else at],
        "fill": fill if fill.startswith("#") else "#000",
        "bold": int(element.get("font-weight", 400)) > 500,
        "dir": "rtl" if rtl else reads(said),
        "text": said,
    }
