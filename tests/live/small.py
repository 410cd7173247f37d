"""A small course with one webinar that has every kind of activity."""

from pathlib import Path

COURSE = """
id: small
title: A small course
start: 2026-03-09
end: 2026-04-03
languages: [en, ar]
modules:
  - {id: week, title: A week, minutes: 300}
lists:
  drivers:
    - {id: climate, label: Climate}
    - {id: platforms, label: Platforms}
    - {id: ageing, label: Ageing}
words:
  stop_words: [the, and]
thresholds: {small_group: LEAST}
"""
ARABIC = """
title: دورة صغيرة
lists: {drivers: {climate: المناخ, platforms: المنصّات, ageing: الشيخوخة}}
words: {stop_words: [من, في]}
"""
LIVE = """
id: webinar-1
module: week
title: The boards
activities:
  - {id: connected, kind: choice, title: How are you here?, home: true,
     options: [{id: phone, text: On a phone}, {id: computer, text: On a computer}]}
  - {id: used, kind: multi, title: What did you use?, choose: [0, 2], names: named,
     options: [{id: a, text: A}, {id: b, text: B}, {id: c, text: C}]}
  - {id: alive, kind: scale, title: How sure are you?, scale: {least: 1, most: 5, low: not at all, high: quite}}
  - {id: drivers, kind: ranking, title: Which driver pushes hardest?, list: drivers, show: reveal, home: true}
  - {id: row, kind: text, title: Your first row, words: {most: 20}, moderate: before}
  - {id: word, kind: words, title: A word for change, words: {most: 2}}
  - {id: facts, kind: quiz, title: Which are signs?, right: [a, b], show: reveal, why: Because.,
     options: [{id: a, text: A, why: A sign.}, {id: b, text: B}, {id: c, text: C}]}
  - {id: grid, kind: place, title: Urgent?, list: drivers, axes: {x: {title: Urgency}, y: {title: Power}}}
  - {id: asked, kind: questions, title: Your questions, names: named, home: true}
  - {id: shared, kind: points, title: Where would you put your time?, list: drivers, points: 10}
  - {id: letters, kind: cards, title: Six letters, columns: [{id: political, title: P}, {id: economic, title: E}]}
"""
TRANSLATED = """
title: اللوحات
activities:
  connected: {title: كيف أنتم هنا؟, options: {phone: على هاتف, computer: على حاسوب}}
"""


def small_course(root: Path, least: object = 1) -> Path:
    """Write the course into a folder below `root` and return it; from `least` answers on results are shown."""
    files = {
        "course.yaml": COURSE.replace("LEAST", str(least)),
        "ar.yaml": ARABIC,
        "webinar-1/live.yaml": LIVE,
        "webinar-1/ar.yaml": TRANSLATED,
    }
    for name, text in files.items():
        file = root / "small" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    return root / "small"
