"""A small course in languages that the interface does not speak: Spanish, Urdu, Portuguese beside English."""

from __future__ import annotations

import json
from pathlib import Path

__all__ = ["TITLE", "course_in"]

TITLE = {"es": "Nuestro taller", "ur": "ہماری ورکشاپ", "en": "Our workshop", "pt-BR": "Nossa oficina"}
STORY = {"es": "La historia", "ur": "کہانی", "en": "The story", "pt-BR": "A história"}
WHAT = {"es": "¿Qué pasó?", "ur": "کیا ہوا؟", "en": "What happened?", "pt-BR": "O que aconteceu?"}
HELP = {
    "es": "Una huelga o una reunión.",
    "ur": "ایک ہڑتال یا اجلاس۔",
    "en": "A strike or a meeting.",
    "pt-BR": "Uma greve ou uma reunião.",
}
LESSON = {
    "es": "# Semana 1\n\nTodos aprenden de todos.",
    "ur": "# پہلا ہفتہ\n\nسب ایک دوسرے سے سیکھتے ہیں۔",
    "en": "# Week 1\n\nAll learn from all.",
    "pt-BR": "# Semana 1\n\nTodos aprendem com todos.",
}
COURSE = """
id: workshop
title: {title}
start: 2026-03-09
end: 2026-04-03
languages: {languages}
modules:
  - id: week-1
    title: {story}
    page: week-1
    week: 1
    minutes: 80
    activities:
      - {{id: story, title: {story}, minutes: 30, exercise: story}}
      - {{id: reading, title: {story}, minutes: 30, exercise: story-reviews}}
      - {{id: meeting, title: {title}, minutes: 20}}
thresholds: {{small_group: 1}}
"""
EXERCISE = """
id: story
module: week-1
title: {story}
minutes: 30
intro: {help}
fields:
  - {{id: what, type: text, label: {what}, help: {help}, required: true, words: [2, 60]}}
  - {{id: how, type: choice, label: {story}, help: {help},
     options: [{{id: a, label: {story}}}, {{id: b, label: {title}}}]}}
  - {{id: many, type: number, label: {what}, help: {help}}}
  - {{id: day, type: date, label: {story}, help: {help}}}
"""
CHECKS = """
from academy.course import check


@check("has-story", points=2, title="{story}", hint="{what}", fields=["what"])
def has_story(answers):
    return bool(answers["what"])
"""
REVIEWS = """
id: story-reviews
module: week-1
title: {title}
minutes: 30
personal: true
review: {{of: story, shows: [story], give: 1, get: 1, wishes: [wish], levels: [level]}}
fields:
  - id: reviews
    type: table
    label: {story}
    help: {help}
    rows: [1, 8]
    columns:
      - {{id: wish, type: text, label: {what}, help: {help}, required: true, words: [2, 50]}}
      - {{id: level, type: scale, label: {story}, help: {help}, range: [1, 4]}}
"""
LIVE = """
id: webinar-1
module: week-1
title: {title}
activities:
  - {{id: asked, kind: choice, title: {what}, options: [{{id: a, text: {story}}}, {{id: b, text: {title}}}]}}
"""


def _words(tag: str) -> dict[str, str]:
    return {"title": TITLE[tag], "story": STORY[tag], "what": WHAT[tag], "help": HELP[tag]}


def _page(tag: str) -> str:
    calls = ('exercise("story")', 'reviews("story-reviews")', 'live("webinar-1")')
    code = {"metadata": {}, "outputs": [], "execution_count": None, "cell_type": "code"}
    cells: list[dict[str, object]] = [
        {"id": "lesson", "cell_type": "markdown", "metadata": {}, "source": LESSON[tag]},
        *(
            code
            | {"id": f"part-{n}", "source": f"from academy_widgets import {call.partition('(')[0]}\n\n{call}"}
            for n, call in enumerate(calls)
        ),
    ]
    return json.dumps(
        {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}, ensure_ascii=False
    )


def course_in(root: Path, *tags: str) -> Path:
    """Write the course into `root`, the home page beside it, in the first language, translated into the others."""
    first, *others = tags
    words = _words(first) | {"languages": json.dumps(tags)}
    folder, pages = root / "exercises" / "workshop", root / "notebooks"
    files = {
        folder / "course.yaml": COURSE.format(**words),
        folder / "story" / "exercise.yaml": EXERCISE.format(**words),
        folder / "story" / "checks.py": CHECKS.format(**words),
        folder / "story-reviews" / "exercise.yaml": REVIEWS.format(**words),
        folder / "webinar-1" / "live.yaml": LIVE.format(**words),
        folder / "pages" / "week-1.ipynb": _page(first),
        pages / "home.ipynb": (Path(__file__).parents[2] / "notebooks" / "home.ipynb").read_text("utf-8"),
    }
    for tag in others:
        said = _words(tag)
        files |= {
            folder / f"{tag}.yaml": "title: {title}\nmodules: {{week-1: {story}}}\n".format(**said),
            folder
            / "story"
            / f"{tag}.yaml": "title: {story}\nfields: {{what: {{label: {what}, help: {help}}}}}\n".format(
                **said
            ),
            folder / "webinar-1" / f"{tag}.yaml": "title: {title}\n".format(**said),
            folder / "pages" / f"week-1.{tag}.ipynb": _page(tag),
        }
    for file, text in files.items():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    return folder
