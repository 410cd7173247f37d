"""HTML sanitizer: rebuilds HTML from permitted elements; nothing can run, load or link, and no word is lost."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import unescape

from academy_grading.text import plainly, shown

__all__ = ["permitted"]

_TAGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "p", "div", "span", "br", "hr", "ul", "ol", "li"}) | {
    *("blockquote", "pre", "code", "em", "strong", "del", "mark", "dl", "dt", "dd"),
    *("table", "thead", "tbody", "tr", "th", "td", "figure", "figcaption"),
}
_ALONE = frozenset({"br", "hr"})
# Drawings are lines, boxes, dots and words; nothing that moves, links or loads.
_DRAWN = frozenset({"svg", "line", "rect", "circle", "polyline", "path", "text"})
_NUMBERS = re.compile(r"-?\d{1,5}(\.\d{1,3})?([ ,]-?\d{1,5}(\.\d{1,3})?){0,400}")
_DRAWING = {
    **dict.fromkeys(
        ("viewbox", "width", "height", "x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "rx"), _NUMBERS
    ),
    **dict.fromkeys(("points", "font-size", "stroke-width", "stroke-dasharray"), _NUMBERS),
    **dict.fromkeys(("fill-opacity", "stroke-opacity"), _NUMBERS),
    **dict.fromkeys(("fill", "stroke"), re.compile(r"none|currentColor")),
    "d": re.compile(r"[MmLlHhVv\d .,-]{1,40000}+"),
    "stroke-linecap": re.compile(r"round"),
    "text-anchor": re.compile(r"start|middle|end"),
    "font-family": re.compile(r"sans-serif"),
    "direction": re.compile(r"ltr|rtl"),
    "aria-hidden": re.compile(r"true"),
}
_NEEDLESS = {
    "xmlns": re.compile(r"http://www\.w3\.org/2000/svg"),
    "class": re.compile(r"[a-z -]{1,40}"),
    "focusable": re.compile(r"false"),
}
"""What our own drawings have and a page does without."""
_ATTRIBUTES = {
    "dir": re.compile(r"auto|ltr|rtl"),
    "lang": re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}"),
    "class": re.compile(r"academy-[a-z-]{1,30}( mathjax_ignore tex2jax_ignore)?"),
}
_ORDERED = {**_ATTRIBUTES, "start": re.compile(r"\d{1,9}")}

# A whole tag; no quantifier gives anything back, and none passes another "<", so that reading takes linear time.
_TAG = re.compile(
    r"""<(?P<end>/?)(?P<name>[A-Za-z][A-Za-z0-9]*+)"""
    r"""(?P<attributes>(?:\s++[^\s"'<>/=]++(?:\s*+=\s*+(?:"[^"<]*+"|'[^'<]*+'|[^\s"'<>=`/]++))?+)*+)\s*+(?P<alone>/?)>"""
)
_ATTRIBUTE = re.compile(r"""\s([^\s"'<>/=]++)(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"']++)))?+""")
_REFERENCE = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});?")
_BEGIN = re.compile(r"[ \t\f]*+[\r\n][ \t\r\n\f]*+")
_END = re.compile(r"(?<![ \t\r\n\f])[ \t\f]*+[\r\n][ \t\r\n\f]*+\Z")
_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"

Attributes = Mapping[str, str]


def permitted(html: str) -> str:
    """Return `html` rebuilt from permitted elements; whatever else is in it becomes visible text.

    Only a whole tag whose attributes are all harmless is an element; a tag with any other attribute is text, since
    its words may be somebody's. Rebuilding the result changes nothing any more, and there is no empty line in it, so
    that a Markdown renderer takes it as one block of HTML.
    """
    builder = _Builder()
    place = 0
    for tag in _TAG.finditer(html):
        builder.write(_read(html[place : tag.start()]))
        builder.tag(tag)
        place = tag.end()
    builder.write(_read(html[place:]))
    return builder.result()


class _Builder:
    def __init__(self) -> None:
        self.parts: list[str] = []
        self.open: list[str] = []
        self.links: list[str] = []
        self.held: list[str] = []
        """Text since the last tag: one piece, however many there were."""
        self.aside: list[str] = []
        """What stood in a drawing where nobody would see it."""

    def result(self) -> str:
        """Close what is open, and return the document."""
        while self.links:
            self.write(self.links.pop())
        self.close_to(0)
        self.flush()
        lines = [line for line in "".join(self.parts).split("\n") if line.strip(" ")]
        inside = "\n".join(lines)
        return inside if inside.startswith("<div") else "\n".join(["<div>", *lines, "</div>"])

    def write(self, text: str) -> None:
        """Hold text until the next element."""
        self.held.append(text)

    def tag(self, tag: re.Match[str]) -> None:
        """Rebuild a tag, or show it as text."""
        name, given = tag["name"].lower(), dict(_attributes(tag["attributes"]))
        if tag["end"]:
            done = not given and not tag["alone"] and self.end(name)
        elif name == "a":
            done = self.link(given)
        elif name in _DRAWN and (name == "svg" or "svg" in self.open):
            done = self.draw(name, given, tag[0])
        else:
            done = name in _TAGS and self.start(name, given)
        if not done:
            self.write(_read(tag[0]))
        elif tag["alone"] and (name in self.open or name == "a"):
            self.end(name)

    def start(self, name: str, given: Attributes) -> bool:
        rules = _ORDERED if name == "ol" else _ATTRIBUTES
        if not all(_harmless(rules, *each) for each in given.items()):
            return False
        if "svg" in self.open:  # as a browser does it
            self.close_to(self.open.index("svg"))
        self.put(name, given)
        return True

    def draw(self, name: str, given: Attributes, whole: str) -> bool:
        if name == "svg" and not set(given) <= {*_DRAWING, *_NEEDLESS}:
            return False
        known = {**_DRAWING, **_NEEDLESS}
        if not all(_harmless(known, *each) for each in given.items()):
            self.flush()
            self.aside.append(_read(whole))
        self.put(name, {name: value for name, value in given.items() if _harmless(_DRAWING, name, value)})
        return True

    def put(self, name: str, given: Attributes) -> None:
        self.flush()
        attributes = "".join(f' {key}="{value}"' for key, value in given.items())
        self.parts.append(f"<{name}{attributes}>")
        if name not in _ALONE:
            self.open.append(name)

    def link(self, given: Attributes) -> bool:
        """Remember where a link leads: to read behind it, not to click."""
        if not given.get("href") or not set(given) <= {"href", "title"}:
            return False
        title = f' "{given["title"]}"' if given.get("title") else ""
        self.links.append(f" ({given['href']}{title})")
        return True

    def end(self, name: str) -> bool:
        if name == "a" and self.links:
            self.write(self.links.pop())
            return True
        if name not in self.open:
            return False
        self.close_to(len(self.open) - 1 - self.open[::-1].index(name))
        return True

    def close_to(self, depth: int) -> None:
        """Close elements until so many are open."""
        while len(self.open) > depth:
            self.flush()
            name = self.open.pop()
            self.parts.append(f"</{name}>")
            if name == "svg" and "svg" not in self.open and self.aside:
                self.held, self.aside = [" ".join(self.aside)], []

    def flush(self) -> None:
        """Put the text in that is held."""
        text, self.held = "".join(self.held), []
        if not text:
            return
        if "text" in self.open:
            self.parts.append(plainly(text))
        elif "svg" in self.open:
            self.aside += [text.strip()] if text.strip() else []
        elif "pre" in self.open:
            begins = self.parts[-1].startswith("<pre")
            self.parts.append(shown(re.sub(r"\A\r?\n", "", text) if begins else text))
        else:
            # Line ends at the edge of an element are as good as one; those in a text are shown.
            begin, end = _BEGIN.match(text), _END.search(text)
            said = text[begin.end() if begin else 0 : end.start() if end else len(text)]
            self.parts += ["\n" if begin else "", shown(said), "\n" if end else ""]


def _attributes(text: str) -> Iterator[tuple[str, str]]:
    """The attributes of a tag. Of two with one name none is harmless: the name is told with a space before it."""
    met: set[str] = set()
    for name, double, single, bare in _ATTRIBUTE.findall(text):
        name = name.lower()
        yield f" {name}" if name in met else name, _read(double or single or bare)
        met.add(name)


def _harmless(rules: Mapping[str, re.Pattern[str]], name: str, value: str) -> bool:
    return name in rules and rules[name].fullmatch(value) is not None


def _read(text: str) -> str:
    """Text with its character references read; those that mean no character stay as they were written."""
    return _REFERENCE.sub(_referred, text)


def _referred(match: re.Match[str]) -> str:
    character = unescape(match[0])
    nothing = character == "" or (character == _REPLACEMENT and match[0] != f"&#{ord(_REPLACEMENT)};")
    return match[0] if nothing else character
