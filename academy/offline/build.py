"""Making the form a file: one page that asks nothing of any server."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import jinja2

from academy import i18n
from academy.course import Exercise
from academy.offline.ticket import Seals, Ticket
from academy.session import Session
from academy.store.schema import utc_now

__all__ = ["offline_form", "paper_sheet"]

_templates = jinja2.Environment(
    loader=jinja2.FileSystemLoader(Path(__file__).with_name("templates")),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
    undefined=jinja2.StrictUndefined,
)


def offline_form(session: Session, exercise: Exercise) -> bytes:
    """Return the form of one person's exercise as a page that works from the file system.

    It holds the answers as they are now. Style and script are packed, and the page's own policy lets nothing run but
    these two and what unpacks them.
    """
    from academy_widgets import assets
    from academy_widgets.dates import when
    from academy_widgets.desk import Desk
    from academy_widgets.texts import form_texts, offline_texts

    now = utc_now().replace(microsecond=0)
    owner = session.owner(exercise)
    ticket = Ticket(
        session.course.id, exercise.id, exercise.version, session.person_id, owner, now.isoformat()
    )
    document = Desk(session, exercise).document() | {
        # the browser keeps what is written in each file by itself
        "person": f"file/{ticket.person}/{ticket.issued}",
        "advice": [],
        "submissions": [],
    }
    for place in document.get("where", {}).values():
        place.pop("page", None)  # from a file no link leads there
    data = {
        "spec": exercise.form_spec() | {"pictures": []},
        "doc": document,
        "texts": form_texts(session.language) | offline_texts(session.language),
        "lang": session.language,
        "dir": i18n.direction(session.language),
        "ticket": Seals(session.data_folder.secret).sealed(ticket),
        "sheet": paper_sheet(session, exercise),
    }
    style, script, unpack = (assets.text(name) for name in ("offline.css", "offline.js", "unpack.js"))
    page = _templates.get_template("form.html").render(
        _=i18n.translator(session.language),
        lang=session.language,
        dir=data["dir"],
        policy=policy(scripts=(unpack, script), styles=(style,)),
        course=session.course.title,
        exercise=exercise,
        paragraphs=[part.strip() for part in re.split(r"\n\s*\n", _plain(exercise.intro)) if part.strip()],
        name=session.display_name,
        when=when(now, session.language, session.time_zone),
        pack=packed({"style": style, "script": script, "data": json.dumps(data, ensure_ascii=False)}),
        unpack=unpack,
    )
    return page.encode()


def paper_sheet(session: Session, exercise: Exercise) -> dict[str, Any]:
    """Return what stands on the paper form besides the fields."""
    from academy_widgets.texts import paper_texts

    return {
        "course": session.course.title,
        "intro": _plain(exercise.intro),
        "texts": paper_texts(session.language),
    }


def policy(scripts: tuple[str, ...], styles: tuple[str, ...]) -> str:
    """Return a Content-Security-Policy under which only these scripts and styles count, and nothing is asked for."""
    return "; ".join(
        [
            "default-src 'none'",
            f"script-src {' '.join(map(_digest, scripts))}",
            f"style-src {' '.join(map(_digest, styles))}",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        ]
    )


def packed(content: dict[str, str]) -> str:
    """Return texts as one word of letters and digits, as small as they get."""
    raw = json.dumps(content, ensure_ascii=False).encode("utf-8", "replace")
    return base64.b64encode(gzip.compress(raw, 9, mtime=0)).decode()


def _plain(text: str) -> str:
    """Return a text of Markdown without the stars of what is stressed in it."""
    return re.sub(r"(\*{1,3})(?=\S)(.+?)(?<=\S)\1", r"\2", text)


@cache
def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
