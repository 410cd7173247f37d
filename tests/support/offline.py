"""The form as a file, and what a participant's browser makes of it."""

from __future__ import annotations

import base64
import gzip
import json
import re
import time
import uuid
from typing import Any

HARMFUL = str.maketrans(".:,", "<>&")

__all__ = ["answers_file", "unpacked_form"]


def unpacked_form(page: bytes) -> dict[str, Any]:
    """Return what is packed in the file: style, script, and the data already read."""
    found = re.search(r'id="academy-pack">([^<]+)<', page.decode())
    assert found
    content: dict[str, Any] = json.loads(gzip.decompress(base64.b85decode(found[1].translate(HARMFUL))))
    return content | {"data": json.loads(content["data"])}


def answers_file(page: bytes, values: dict[str, Any]) -> dict[str, Any]:
    """Return the answers file of a form in which these values were typed now."""
    data = unpacked_form(page)["data"]
    edits = [
        {
            "id": str(uuid.uuid4()),
            "path": path,
            "value": value,
            "at": time.time() * 1000,
            "base": data["doc"].get("revs", {}).get(path, 0),
        }
        for path, value in values.items()
    ]
    return {
        "kind": "academy-answers",
        "format": 1,
        "ticket": data["ticket"],
        "device": "phone",
        "edits": edits,
    }
