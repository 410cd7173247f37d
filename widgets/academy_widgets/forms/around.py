"""Context of a form: choices from other answers, texts that are only read, where to go if there are none."""

from __future__ import annotations

from academy.course import Exercise, Work
from academy.course.fields import Column
from academy.course.refs import choices, find, shown_value
from academy.i18n import translator

__all__ = ["around"]


def around(exercise: Exercise, work: Work) -> dict[str, object]:
    """Return `options` and `shown` by the addresses of references, and `where` to go for those that have nothing.

    Choices that stand in the same form are left out: the form knows them better.
    """
    options: dict[str, list[dict[str, str]]] = {}
    shown: dict[str, list[str]] = {}
    where: dict[str, dict[str, str]] = {}
    for address, ref in exercise.all_columns():
        target = find(work.course, exercise, ref.of or "") if ref.kind.refers else None
        if target is None:
            continue
        if ref.choose is None:
            shown[address] = shown_value(exercise, ref, work)
            empty = not shown[address]
        elif target.exercise.id != exercise.id:
            there = choices(exercise, ref, work) or []
            options[address] = [{"id": choice.id, "label": choice.label} for choice in there]
            empty = not there
        else:
            continue
        if empty:
            where[address] = _where(exercise, target.exercise, ref, work)
    return {"options": options, "shown": shown, "where": where}


def _where(exercise: Exercise, source: Exercise, ref: Column, work: Work) -> dict[str, str]:
    gettext = translator(exercise.language)
    text = (
        gettext("There is nothing to choose yet. First fill in “{title}”.")
        if ref.choose
        else gettext("Nothing is here yet. It comes from “{title}”.")
    )
    pages = {name: module.page for module in work.course.modules for name in module.exercises}
    page = pages.get(source.id)
    link = {"page": f"{page}.ipynb"} if page and page != pages.get(exercise.id) else {}
    return {"text": text.format(title=source.title), **link}
