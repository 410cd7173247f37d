"""Widget state embedded in a page: without what the page never reads, and without code."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections import OrderedDict
from collections.abc import Callable, Collection, Mapping
from typing import Any

from academy_widgets.forms.lean import without_empty
from academy_widgets.texts import said_by

__all__ = ["WidgetCode", "slim"]

NEVER_READ = {
    "_anywidget_id",
    "_dom_classes",
    "_model_module",
    "_model_module_version",
    "_view_count",
    "_view_module",
    "_view_module_version",
    "_view_name",
}
NEVER_SET = ("layout", "tabbable", "tooltip")
"""What every widget of ipywidgets has and none of ours uses."""
OURS = "@academy/"
FORM = "@academy/form"
STABLE = ("spec", "texts")
"""What our widgets' state has of the course and not of the person: the same on every visit until somebody edits it."""
DIGITS = 16
LONG = 2000
"""Shorter code travels in the page: a request of its own would cost more."""
MOST_BYTES = 64 * 1024 * 1024
KINDS = {"js": "text/javascript; charset=utf-8", "css": "text/css; charset=utf-8"}


def slim(
    states: Mapping[str, Any], keep: Callable[[str, str], str], has: Collection[str] = ()
) -> dict[str, Any]:
    """Return the states as the page needs them.

    `keep` takes code and its kind and returns an address for it. `has` are digests of parts that the visitor's device
    has from the last visit: in their place stands the digest, and so where a part comes a second time. Of the form's
    sentences the page has those that one of its forms can come to say; the kernel has them all.
    """
    states = _without_plain_layouts(states)
    told = set(has)
    forms = [state for state in states.values() if state.get("_esm") == FORM]
    specs = [state["spec"] for state in forms if state.get("spec")]
    # One collection for all forms of a page, so that it comes once.
    said = {id(state): said_by(specs, state.get("texts", {})) for state in forms}
    return {
        model: _slim({**state, "texts": said[id(state)]} if id(state) in said else state, keep, told)
        for model, state in states.items()
    }


def _without_plain_layouts(states: Mapping[str, Any]) -> dict[str, Any]:
    """Return the states without the layouts of our widgets in which nothing is set: each is a name that packs badly."""
    found = dict(states)
    for model, state in states.items():
        if not str(state.get("_esm")).startswith(OURS):
            continue
        layout = str(state.get("layout")).removeprefix("IPY_MODEL_")
        plain = all(value is None or name.startswith("_") for name, value in states.get(layout, {}).items())
        if plain:
            found.pop(layout, None)
        found[model] = {
            name: value
            for name, value in state.items()
            if name not in NEVER_SET or not (value is None or (name == "layout" and plain))
        }
    return found


def _slim(state: Mapping[str, Any], keep: Callable[[str, str], str], told: set[str]) -> dict[str, Any]:
    rest = {name: value for name, value in state.items() if name not in NEVER_READ}
    if rest.get("_model_name") == "LayoutModel":
        return {name: value for name, value in rest.items() if value is not None}
    if str(rest.get("_esm")).startswith(OURS):
        if isinstance(rest.get("doc"), dict) and rest["_esm"] == FORM:
            rest["doc"] = without_empty(rest["doc"])
        return rest | {name: _stable(rest[name], told) for name in STABLE if rest.get(name)}
    for name, kind in (("_esm", "js"), ("_css", "css")):
        if isinstance(rest.get(name), str) and len(rest[name]) >= LONG:
            rest[name] = keep(rest[name], kind)
    return rest


def _stable(value: Any, told: set[str]) -> dict[str, Any]:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True)
    digest = hashlib.sha256(text.encode()).hexdigest()[:DIGITS]
    if digest in told:
        return {"$kept": digest}
    told.add(digest)
    return {"$kept": digest, "value": value}


class WidgetCode:
    """Code of notebooks' own widgets, by names that change with it: a browser asks for each only once.

    A name works only for the person on whose page the code was. Nobody can put a script here for somebody else.
    """

    def __init__(self, secret: bytes, base_url: str) -> None:
        self.secret = secret
        self.base_url = base_url
        self._kept: OrderedDict[str, bytes] = OrderedDict()
        self._size = 0

    def keep(self, person_id: str, code: str, kind: str) -> str:
        """Keep code and return its address for this person."""
        content = code.encode()
        digest = hashlib.sha256(content).hexdigest()[:32]
        if digest not in self._kept:
            self._size += len(content)
            self._kept[digest] = content
        self._kept.move_to_end(digest)
        while self._size > MOST_BYTES and len(self._kept) > 1:
            self._size -= len(self._kept.popitem(last=False)[1])
        return f"{self.base_url}widgets/{digest}-{self._mark(person_id, digest, kind)}.{kind}"

    def read(self, person_id: str, file: str) -> tuple[bytes, str] | None:
        """Return content and type of a file whose address this person was given, or None."""
        name, _, kind = file.partition(".")
        digest, _, mark = name.partition("-")
        content = self._kept.get(digest)
        if content is None or not hmac.compare_digest(
            mark.encode(), self._mark(person_id, digest, kind).encode()
        ):
            return None
        return content, KINDS[kind]

    def _mark(self, person_id: str, digest: str, kind: str) -> str:
        text = f"{person_id} {digest} {kind}".encode()
        return hmac.new(self.secret, text, hashlib.sha256).hexdigest()[:32]
