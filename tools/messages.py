"""Collect the sentences of the interface and bring the catalogues up to date."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("academy", "widgets/academy_widgets", "grading/academy_grading", "app/academy_app")
KEYWORDS = {"_": None, "gettext": None, "N_": None}
PLURALS = {"_n": (1, 2), "plural": (1, 2)}
"""Functions that are given a sentence for one and a sentence for more."""
Sentence = str | tuple[str, str]
LOCALE = ROOT / "academy" / "locale"


def sentences(root: Path = ROOT, packages: Iterable[str] = PACKAGES) -> Iterator[tuple[Sentence, str]]:
    """Yield each sentence of code, templates and the front end's lists, with the file that says it."""
    for package in packages:
        folder = root / package
        for path in sorted(folder.rglob("*.py")):
            for said in _from_python(path):
                yield said, str(path.relative_to(root))
        for path in sorted([*folder.rglob("templates/**/*.html"), *folder.rglob("*.j2")]):
            for said in _from_template(path):
                yield said, str(path.relative_to(root))
        for path in sorted(folder.rglob("texts.json")):
            for sentence in json.loads(path.read_text("utf-8")).values():
                said = sentence if isinstance(sentence, str) else (sentence["one"], sentence["other"])
                yield said, str(path.relative_to(root))


def _from_python(path: Path) -> Iterator[Sentence]:
    """By the syntax tree: Babel's own reader misses what is said inside an f-string, or by `self._()("…")`."""
    for node in ast.walk(ast.parse(path.read_bytes())):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        name = _name(node.func)
        texts = [
            one.value for one in node.args if isinstance(one, ast.Constant) and isinstance(one.value, str)
        ]
        if name in KEYWORDS and isinstance(node.args[0], ast.Constant) and texts and texts[0]:
            yield texts[0]
        elif name in PLURALS and len(texts) == 2:
            yield texts[0], texts[1]


def _name(function: ast.expr) -> str:
    """The last name of what is called: `gettext` of `gettext(…)`, `self.gettext(…)` and `self.gettext()(…)`."""
    while isinstance(function, ast.Call):
        function = function.func
    return getattr(function, "attr", getattr(function, "id", ""))


def _from_template(path: Path) -> Iterator[Sentence]:
    for _line, message, _comments, _context in extract_from_file(
        "jinja2.ext:babel_extract", path, keywords={**KEYWORDS, **PLURALS}
    ):
        if isinstance(message, tuple):
            yield str(message[0]), str(message[1])
        elif message:
            yield str(message)


def template() -> Catalog:
    """Return the catalogue of all sentences, without translations."""
    catalogue = Catalog(project="Academy Kit", charset="utf-8")
    for sentence, place in sentences():
        catalogue.add(sentence, locations=[(place, 0)])
    return catalogue


def _strings(string: str | Iterable[str] | None) -> list[str]:
    return [string or ""] if string is None or isinstance(string, str) else list(string)


def main() -> None:
    """Write the new sentences into each catalogue; sentences that nobody says any more leave it."""
    collected = template()
    for path in sorted(LOCALE.glob("*/LC_MESSAGES/academy.po")):
        with path.open("rb") as file:
            catalogue = read_po(file, locale=path.parts[-3])
        catalogue.update(collected, no_fuzzy_matching=True, update_creation_date=False)
        catalogue.obsolete.clear()
        with path.open("wb") as file:
            write_po(file, catalogue, width=0, omit_header=False, include_lineno=False, sort_output=True)
        lacking = sum(1 for message in catalogue if message.id and not all(_strings(message.string)))
        print(f"{path.parts[-3]}: {len(catalogue)} sentences, {lacking} to translate")


if __name__ == "__main__":
    main()
