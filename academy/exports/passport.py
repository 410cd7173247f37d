"""Lays a passport out as a document: its pages, golden thread, stamps, stale answers, travel log."""

from __future__ import annotations

import json
from datetime import datetime

from babel.dates import format_date

from academy.exports.paper import Answer, Block, Drawing, Grid, Paper, Paragraph, Section, clean
from academy.i18n import N_, Translator, translator
from academy.languages import locale_of
from academy.passport import Entry, Page, Passport, Stamp
from academy.passport.travel import Travel, shared_answers

__all__ = ["paper_of", "to_json"]

STATES = {"kept": N_("kept"), "changed": N_("changed"), "dropped": N_("dropped")}
STAMPS = {
    "blank": N_("not begun"),
    "begun": N_("begun"),
    "ready": N_("ready to be submitted"),
    "stamped": N_("stamped"),
}


def to_json(passport: Passport) -> bytes:
    """Return the passport as JSON from which another one can begin. What is personal stays at home."""
    document = passport.document()
    document["answers"] = shared_answers(passport.course, passport.answers)
    return json.dumps(document, ensure_ascii=False, indent=1).encode("utf-8", "replace")


def paper_of(passport: Passport, travel: Travel | None = None) -> Paper:
    """Return the passport as a paper in the language of its course."""
    language = passport.course.language
    gettext = translator(language)
    sections = [_page(page, passport, travel, gettext) for page in passport.pages]
    if passport.thread:
        sections.append(_thread(passport, gettext))
    if passport.again:
        sections.append(_again(passport, gettext))
    facts = [(gettext("Holder"), passport.holder)] if passport.holder else []
    facts.append((gettext("Date"), format_date(datetime.now(), "long", locale=locale_of(language))))
    return Paper(
        passport.title, language, passport.course.title, facts, sections, {"contents": gettext("Pages")}
    )


def _page(page: Page, passport: Passport, travel: Travel | None, gettext: Translator) -> Section:
    blocks: list[Block] = [Paragraph(page.summary, quiet=True)] if page.summary else []
    if page.part == "stamps":
        blocks.append(_stamps(passport.stamps, passport.course.language, gettext))
    if page.part == "travel-log":
        blocks += _travel(travel, gettext)
    shown = [entry for entry in page.entries if not entry.empty]
    blocks += [_entry(entry) for entry in shown]
    if not shown and page.part is None:
        blocks.append(Paragraph(gettext("Nothing is written here yet."), quiet=True))
    return Section(f"{page.code} {page.title}".strip(), blocks)


def _entry(entry: Entry) -> Block:
    if entry.picture:
        return Drawing(entry.label, entry.picture)
    if entry.rows:
        return Grid(entry.label, entry.head, entry.rows)
    return Answer(entry.label, entry.text)


def _stamps(stamps: tuple[Stamp, ...], language: str, gettext: Translator) -> Grid:
    rows = [
        [
            stamp.title,
            gettext(STAMPS[stamp.state]),
            f"{stamp.done}/{stamp.of}",
            format_date(stamp.at, "medium", locale=locale_of(language)) if stamp.at else "",
        ]
        for stamp in stamps
    ]
    return Grid(
        gettext("Stamps"), [gettext("Module"), gettext("Stamp"), gettext("Submitted"), gettext("Date")], rows
    )


def _thread(passport: Passport, gettext: Translator) -> Section:
    thread = passport.thread
    assert thread is not None
    rows = [["\n".join(texts) for texts in strand] for strand in thread.strands]
    blocks: list[Block] = [Grid("", thread.head, rows)] if rows else []
    if thread.whole:
        blocks.append(Paragraph(gettext("The thread is whole.")))
    blocks += [Paragraph(sentence) for sentence in thread.missing]
    return Section(gettext("The golden thread"), blocks)


def _again(passport: Passport, gettext: Translator) -> Section:
    rows = [[item.title, f"{item.source}: {item.label}", item.was, item.now] for item in passport.again]
    return Section(
        gettext("To check again"),
        [
            Grid(
                "",
                [gettext("Exercise"), gettext("What has changed"), gettext("Before"), gettext("Now")],
                rows,
            )
        ],
    )


def _travel(travel: Travel | None, gettext: Translator) -> list[Block]:
    if travel is None:
        return [Paragraph(gettext("This passport did not begin from another one."), quiet=True)]
    origin = travel.origin
    begun = gettext("It began on {date} from “{title}” of {holder}.").format(
        date=origin.at[:10], title=origin.title or "–", holder=origin.holder or "–"
    )
    counts = gettext("Of {all} answers {kept} were kept, {changed} changed and {dropped} dropped.").format(
        all=len(travel.changes), **{state: travel.count(state) for state in ("kept", "changed", "dropped")}
    )
    rows = [
        [change.label, gettext(STATES[change.state]), change.was, change.now]
        for change in travel.changes
        if change.state != "kept"
    ]
    table = Grid(
        gettext("Changed and dropped"),
        [gettext("Answer"), gettext("What became of it"), gettext("Before"), gettext("Now")],
        rows,
    )
    return [Paragraph(begun), Paragraph(counts), *([table] if rows else [])]


def file_name(passport: Passport, kind: str) -> str:
    """Return a name for the file that says whose passport it is, in plain letters."""
    kept = "".join(c if c.isascii() and c.isalnum() else "-" for c in clean(passport.holder).lower())
    name = "-".join(part for part in kept.split("-") if part)
    return f"passport-{name}.{kind}" if name else f"passport.{kind}"
