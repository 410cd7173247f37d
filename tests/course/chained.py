"""A small course whose second exercise builds on its first, to copy into a folder."""

from pathlib import Path

import yaml

COURSE = """
id: chained
title: A course in two steps
start: 2026-03-09
end: 2026-04-03
languages: [en, ar]
thresholds: {week_minutes: [300, 360]}
words:
  stand_ins: [tbd]
modules:
  - id: entry
    title: Entry
    minutes: 30
    week: false
    activities:
      - {id: groups, title: Groups, minutes: 30, exercise: groups}
  - id: first
    title: First
    minutes: 330
    activities:
      - {id: plan, title: Plan, minutes: 290, exercise: plan}
      - {id: diary-1, title: Diary, minutes: 20, exercise: diary-1}
      - {id: diary-2, title: Diary again, minutes: 20, exercise: diary-2}
"""
GROUPS = """
id: groups
module: entry
title: Groups
minutes: 30
fields:
  - {id: union, type: line, label: Your union}
  - id: reach
    type: multi
    label: Reach
    options: [{id: phone, label: By phone}, {id: hall, label: In the hall}]
  - id: people
    type: table
    label: People
    rows: [1, 3]
    required: true
    row_label: Group
    columns:
      - {id: name, type: line, label: Name, required: true}
      - {id: minutes, type: number, label: Minutes}
"""
GROUPS_CHECKS = """
from academy.course import check

@check("named", points=2, title="Named", hint="Who are they?", fields=["people"])
def named(answers):
    return bool(answers["people"]) and all(row["name"] for row in answers["people"])
"""
PLAN = """
id: plan
module: first
title: Plan
minutes: 290
texts: {shown: "{n} steps by minutes."}
pictures:
  - {id: minutes, title: Minutes, after: steps, fields: [steps.minutes, groups.people]}
fields:
  - {id: their-union, type: ref, label: Union, of: groups.union}
  - {id: names, type: ref, label: Names, of: groups.people.name}
  - {id: for, type: ref, label: For whom, of: groups.people, choose: [1, 1], required: true}
  - {id: way, type: ref, label: Which way, of: groups.reach, choose: [1, 2]}
  - {id: online, type: bool, label: Online}
  - id: why-not
    type: line
    label: Why not?
    required: true
    only_if: {field: online, is: [false]}
  - id: tool
    type: choice
    label: Tool
    required: true
    options: [{id: radio, label: Radio}, {id: other, label: Another}]
    only_if: {field: online, is: [true]}
  - id: which
    type: line
    label: Which one?
    required: true
    only_if: {field: tool, is: [other]}
  - id: steps
    type: table
    label: Steps
    rows: [1, 6]
    row_label: Step
    columns:
      - {id: what, type: line, label: What, required: true}
      - {id: minutes, type: number, label: Minutes}
      - {id: live, type: bool, label: Live}
      - {id: room, type: line, label: Room, required: true, only_if: {field: live, is: [true]}}
      - {id: link, type: line, label: Link, required: true, only_if: {field: online, is: [true]}}
      - {id: after, type: ref, label: After, of: plan.steps, choose: [1, 2]}
      - {id: load, type: computed, label: Load, compute: load}
"""
PLAN_CHECKS = """
from academy.course import check, computed, picture
from academy.course import judging as j
from academy.pictures import bars

@check("known", points=3, title="For a group that is there", hint="Who is it for?", fields=["for"])
def known(answers, exercise, work):
    return work.row("groups.people", answers["for"]) is not None

@check("short", points=2, title="Short", hint="Is it short enough?", fields=["steps"])
def short(answers, exercise, work):
    free = (work.row("groups.people", answers["for"]) or {}).get("minutes")
    return free is not None and sum(row["minutes"] or 0 for row in answers["steps"]) <= free

@check("own", points=1, title="Own words", hint="Are these your words?", fields=["steps"])
def own(answers, exercise):
    return j.own_words(exercise, answers)

@computed("load")
def load(answers):
    return {row["_id"]: "long" if (row["minutes"] or 0) > 60 else "short" for row in answers["steps"]}

@picture("minutes")
def minutes(answers, exercise, work):
    rows = [row for row in answers["steps"] if row["minutes"]]
    if not rows:
        return None
    return bars(
        [(row["what"] or "-", row["minutes"]) for row in rows],
        sentence=exercise.texts["shown"].format(n=len(rows)),
        head=["What", "Minutes"],
        rows=[[row["what"], row["minutes"]] for row in rows],
    )
"""
DIARY = """
id: diary-1
module: first
title: Diary
minutes: 20
intro: Write.
fields:
  - {id: happened, type: text, label: What happened?, required: true}
"""
DIARY_CHECKS = """
from academy.course import check

@check("wrote", points=1, title="Something", hint="What happened?", fields=["happened"])
def wrote(answers):
    return bool(answers["happened"])
"""
EXAMPLES = {
    "groups": {
        "union": "Lantern Bay",
        "reach": ["hall"],
        "people": [{"name": "Cleaners", "minutes": 60}, {"name": "Carers", "minutes": 20}],
    },
    "plan": {
        "for": "r1",
        "way": ["hall"],
        "why-not": "No signal",
        "steps": [{"what": "Meet", "minutes": 30}, {"what": "Ask", "minutes": 20, "after": ["r1"]}],
    },
    "diary-1": {"happened": "We met."},
}
FILES = {
    "course.yaml": COURSE,
    "ar.yaml": "title: مساق\nwords: {stand_ins: [لاحقا]}\n",
    "groups/exercise.yaml": GROUPS,
    "groups/checks.py": GROUPS_CHECKS,
    "groups/cases.yaml": "cases:\n  - {name: e, start: example, passes: all}\n  - {name: n, misses: all}\n",
    "plan/exercise.yaml": PLAN,
    "plan/checks.py": PLAN_CHECKS,
    "plan/ar.yaml": "texts: {shown: '{n} خطوات'}\npictures: {minutes: الدقائق}\n",
    "plan/cases.yaml": """
cases:
  - {name: e, start: example, passes: all}
  - {name: n, misses: all}
  - name: less time
    start: example
    misses: [short]
    passes: [known]
    work: {groups: {people: [{name: A, minutes: 5}]}}
  - {name: nobody, start: example, misses: [known], work: {groups: {people: []}}}
""",
    "diary-1/exercise.yaml": DIARY,
    "diary-1/checks.py": DIARY_CHECKS,
    "diary-1/ar.yaml": "title: يوميات\nfields: {happened: ماذا حدث؟}\nchecks: {wrote: {title: شيء, hint: ماذا حدث؟}}\n",
    "diary-1/cases.yaml": "cases:\n  - {name: e, start: example, passes: all}\n  - {name: n, misses: all}\n",
    "diary-2/exercise.yaml": "like: diary-1\nid: diary-2\nmodule: first\ntitle: Diary again\nminutes: 20\n",
    "diary-2/ar.yaml": "title: يوميات ثانية\n",
}


def write(folder: Path) -> Path:
    """Write the course below a folder and return its own folder."""
    course = folder / "chained"
    for name, text in FILES.items():
        (course / name).parent.mkdir(parents=True, exist_ok=True)
        (course / name).write_text(text, "utf-8")
    for name, answers in EXAMPLES.items():
        text = yaml.safe_dump({"answers": answers}, allow_unicode=True)
        (course / name / "example.yaml").write_text(text, "utf-8")
    return course
