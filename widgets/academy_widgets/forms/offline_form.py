"""Making the form a file: one page that asks nothing of any server."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import re
from collections.abc import Collection
from functools import cache
from pathlib import Path
from typing import Any

import jinja2

from academy import i18n
from academy.course import Exercise
from academy.course.form_spec import form_spec
from academy.html_language import with_language
from academy.offline.ticket import Seals, Ticket
from academy.session import Session
from academy.store.schema import utc_now
from academy_widgets import assets
from academy_widgets.dates import when, zone_of
from academy_widgets.forms.desk import Desk
from academy_widgets.forms.lean import without_empty
from academy_widgets.texts import form_texts, offline_texts, paper_texts, said_by

__all__ = ["file_name", "offline_form", "paper_sheet"]

SERVER_SAYS = frozenset(
    {
        "as_table",
        "bring_answers",
        "changed_since",
        "check_again",
        "check_again_why",
        "connecting",
        "download_form",
    }
    | {
        "is_now",
        "keep_shown",
        "new_question",
        "not_open",
        "nothing",
        "overtaken",
        "preview",
        "questions",
        "refused",
    }
    | {
        "saved",
        "saving",
        "submit",
        "submit_again",
        "submit_lost",
        "submit_waits",
        "submitted",
        "submitting",
        "was",
    }
    | {"use_other"}
)
"""What the form says only where there is a server: the file is smaller without."""

HARMLESS = str.maketrans("<>&", ".:,")
"""What base 85 says with signs that HTML reads otherwise; `js/form/offline/base85.js` knows them."""

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

    now = utc_now().replace(microsecond=0)
    owner = session.owner(exercise)
    ticket = Ticket(
        session.course.edition, exercise.id, exercise.version, session.person_id, owner, now.isoformat()
    )
    document = Desk(session, exercise).document() | {
        # the browser keeps what is written in each file by itself
        "person": f"file/{ticket.person}/{ticket.issued}",
        "advice": [],
        "submissions": [],
    }
    moment = when(now, session.language, session.time_zone)
    as_of = i18n.translator(session.language)("As of {when}: {text}")
    # nothing here works it out anew while somebody writes
    document["computed"] = {
        path: as_of.format(when=moment, text=text) for path, text in document["computed"].items() if text
    }
    for place in document.get("where", {}).values():
        place.pop("page", None)  # from a file no link leads there
    spec = _known_here(form_spec(exercise), document["computed"])
    texts = said_by([spec], form_texts(session.language)) | offline_texts(session.language)
    data = {
        "spec": spec,
        "doc": without_empty(document),
        "texts": {key: text for key, text in texts.items() if key not in SERVER_SAYS},
        "lang": session.language,
        "dir": i18n.direction(session.language),
        "ticket": Seals(session.data_folder.secret).sealed(ticket),
        "name": session.display_name,
        "sheet": paper_sheet(session, exercise),
    }
    style, script, unpack = (assets.text(name) for name in ("offline.css", "offline.js", "unpack.js"))
    too_old = assets.text("old.js")
    said = i18n.foreign(session.language)
    say = assets.text("said.js") if said else ""
    page = _templates.get_template("form.html").render(
        _=i18n.sentences(session.language),
        lang=session.language,
        dir=data["dir"],
        policy=policy(scripts=(unpack, too_old, script, *([say] if said else [])), styles=(style,)),
        course=session.course.title,
        exercise=exercise,
        paragraphs=[part.strip() for part in re.split(r"\n\s*\n", _plain(exercise.intro)) if part.strip()],
        name=session.display_name,
        when=moment,
        too_old=too_old,
        pack=packed({"style": style, "script": script, "data": _json(data)}),
        unpack=unpack,
        said=said,
        said_dir=i18n.direction(said),
        say=say,
    )
    return with_language(page, session.language).encode()


def file_name(session: Session, exercise: Exercise) -> str:
    """Return what the file is called: whose form of which exercise it is, and of which day."""

    day = utc_now().astimezone(zone_of(session.time_zone)).date()
    return f"{_for_files(exercise.title)} - {_for_files(session.display_name)} - {day.isoformat()}.html"


def _for_files(text: str) -> str:
    """Return a text without what file systems do not take in a name."""
    plain = re.sub(r'[\x00-\x1f\x7f<>:"/\\|?*\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069]+', " ", text)
    return " ".join(plain.split())[:60].strip(" .") or "-"


def _known_here(spec: dict[str, Any], computed: Collection[str]) -> dict[str, Any]:
    """Return the form without pictures, and without what is computed where nothing was: a file works nothing out."""
    fields = []
    for field in spec["fields"]:
        parts = [re.split(r"[/.]", path) for path in computed]
        shown = {part[-1] for part in parts if len(part) > 1 and part[0] == field["id"]}
        columns = [one for one in field.get("columns", ()) if one["type"] != "computed" or one["id"] in shown]
        if field["type"] != "computed" or field["id"] in computed:
            fields.append(field | {"columns": columns} if columns else field)
    return spec | {"fields": fields, "pictures": []}


def paper_sheet(session: Session, exercise: Exercise) -> dict[str, Any]:
    """Return what stands on the paper form besides the fields.

    A facilitator prints forms for others, so theirs has room for a name.
    """

    return {
        "course": session.course.title,
        "intro": _plain(exercise.intro),
        "name": "" if session.role == "facilitator" else session.display_name,
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
    """Return texts as one word of letters, digits and signs that HTML takes as they are, as small as they get."""
    raw = _json(content).encode("utf-8", "replace")
    return base64.b85encode(gzip.compress(raw, 9, mtime=0)).decode().translate(HARMLESS)


def _json(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def _plain(text: str) -> str:
    """Return a text of Markdown without the stars of what is stressed in it."""
    return re.sub(r"(\*{1,3})(?=\S)(.+?)(?<=\S)\1", r"\2", text)


@cache
def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
