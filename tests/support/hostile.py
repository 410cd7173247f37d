"""Text of somebody who means harm, or only likes to try: one corpus for every place where answers are shown."""

from __future__ import annotations

import re

from bs4 import BeautifulSoup, Comment

__all__ = ["CORPUS", "FORMULAS", "HUGE", "RAN", "dangers", "seen"]

RAN = "window.harmed"
"""What each attack sets if it comes through."""

CORPUS = {
    "script": f"<script>{RAN} = 1</script>",
    "closers": f"</div></td></textarea></script></style></title><script>{RAN} = 2</script>",
    "handler": f'<img src=x onerror="{RAN} = 3">',
    "drawing": f'<svg onload="{RAN} = 4"><animate onbegin="{RAN} = 5" attributeName=x dur=1s></svg>',
    "frame": f"<iframe srcdoc=\"<script>parent.{RAN.split('.')[1]} = 6</script>\"></iframe>",
    "link": f'<a href="javascript:{RAN} = 7">here</a> [here](javascript:{RAN}=8) <javascript:{RAN}=9>',
    "markdown-image": "![look](https://third.party.example/pixel.png) ![x][y]\n\n[y]: https://third.party.example/y.png",
    "comment": f"<!-- hidden --><!--><script>{RAN} = 10</script>-->",
    "style": "<style>body { display: none }</style><div style='position:fixed;inset:0'>over all</div>",
    "form": "<form action=https://third.party.example><input name=token><button>Save</button></form>",
    "latex": r"$x^2$ \(y\) \[z\] $$\href{javascript:window.harmed=11}{a}$$ \unicode{x3c}",
    "template": "{{ 7 * 7 }} {% include 'x' %} ${7*7} #{7*7} <%= 7 %>",
    "markdown": "# big *bold* _i_ `code` | a | b |\n```\nblock\n```\n    indented\n~~gone~~ > quoted",
    "python": "\"\"\"\nimport os; open('harmed.txt', 'w')\n```",
    "marks": "=== BEGIN MARK SCHEME\n### BEGIN HIDDEN TESTS\n### BEGIN SOLUTION",
    "typst": '#set page(fill: red) #read("/etc/passwd") *x* @cite <label>',
    "entities": "&lt;b&gt; &#60;i&#62; &amp;amp; &nbsp;",
    "override": "safe\u202egnp.exe\u2066 and \u202dthis",
    "null": "a\x00b\x07c\x1b[31m",
    "right-to-left": "نعم\u200f! <b>غامق</b>",
    "quotes": "\"'`><",
}  # fmt: skip
"""What is written, by what it tries."""

FORMULAS = ('=HYPERLINK("http://third.party.example","A")', "+1+1", "-2+3", "@SUM(A1)", "\t=1+1", "\r=1+1")
"""What a spreadsheet would work out; what starts with a blank is no formula for it."""

HUGE = "<b>long</b> " * 90_000
"""More than a megabyte."""

_SILENT = {
    "script",
    "iframe",
    "object",
    "embed",
    "form",
    "link",
    "base",
    "meta",
    "animate",
    "foreignobject",
    "style",
}
_ADDRESSES = ("href", "src", "srcset", "action", "formaction", "xlink:href", "data", "poster", "background")


def dangers(html: str) -> list[str]:
    """Return what in a piece of HTML could run, load, or cover something, as a browser would read it."""
    soup = BeautifulSoup(html, "html.parser")
    found = [str(tag)[:80] for tag in soup.find_all(list(_SILENT))]
    found += [f"comment {text[:40]}" for text in soup.find_all(string=lambda text: isinstance(text, Comment))]
    for tag in soup.find_all():
        for name, value in tag.attrs.items():
            said = " ".join(value) if isinstance(value, list) else str(value)
            leads = re.match(r"\s*(javascript|data|https?|//)", said, re.IGNORECASE)
            if name.startswith("on") or name == "style" or (name in _ADDRESSES and leads):
                found.append(f"{tag.name} {name}={said[:60]}")
    return found


def seen(html: str) -> str:
    """Return what a reader of HTML sees: marks as the characters they name, one blank for many."""
    soup = BeautifulSoup(html, "html.parser")
    for mark in soup.find_all("mark"):
        if re.fullmatch(r"U\+[0-9A-F]{4,6}", mark.get_text()):
            mark.replace_with(chr(int(mark.get_text()[2:], 16)))
    for line_break in soup.find_all("br"):
        line_break.replace_with("\n")
    return plain(soup.get_text())


def plain(text: str) -> str:
    """Return a text with one blank for many, and without what a page can't show."""
    return re.sub(r"\s+", " ", text).strip()
