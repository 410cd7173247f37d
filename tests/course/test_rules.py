"""Declared checks: what each kind of rule finds, and what is said where a declaration is wrong."""

import re

import pytest
import yaml
from pydantic import TypeAdapter

from academy.course import load_course, nest
from academy.course.lint.translations import paired, parts
from academy.course.lint.whole import lint_course
from academy.course.rules import RULES, AnyRule
from academy.course.rules.look import Look
from academy.course.work import Work
from academy.errors import CourseError

COURSE = """
id: union-course
title: A course
start: 2026-03-09
end: 2026-04-03
languages: [en, ar]
words: {stand_ins: [tbd], vague_verbs: [know], doing_verbs: [ask], general_people: [all, workers]}
modules:
  - id: one
    title: Module one
    minutes: 60
    week: false
    activities:
      - {id: plan, title: A plan, minutes: 30, exercise: plan}
      - {id: groups, title: Groups, minutes: 30, exercise: groups}
"""
GROUPS = """
id: groups
module: one
title: Groups
minutes: 30
fields:
  - id: groups
    type: table
    label: Groups
    help: Who.
    rows: [1, 5]
    columns: [{id: name, type: line, label: Name, help: N.}]
"""
PLAN = """
id: plan
module: one
title: A plan
minutes: 30
fields:
  - {id: aim, type: text, label: Aim, help: Why., required: true}
  - {id: need, type: text, label: Need, help: What., required: true}
  - {id: first, type: date, label: First day, help: When.}
  - {id: last, type: date, label: Last day, help: When.}
  - {id: hours, type: number, label: Hours, help: All of them.}
  - id: online
    type: choice
    label: Online
    help: Is it?
    options: [{id: "yes", label: "Yes"}, {id: "no", label: "No"}]
  - {id: bars, type: multi, label: Bars, help: Which., options: [{id: fare, label: Fare}, {id: none, label: None}]}
  - id: steps
    type: table
    label: Steps
    help: One after the other.
    required: true
    rows: [1, 9]
    columns:
      - {id: what, type: line, label: What, help: Do., required: true}
      - {id: group, type: ref, label: For whom, help: G., of: groups.groups, choose: [1, 1]}
      - {id: hours, type: number, label: Hours, help: H.}
      - {id: begins, type: date, label: Begins, help: B.}
      - {id: ends, type: date, label: Ends, help: E.}
      - {id: sure, type: bool, label: Sure, help: S.}
words: {because: [because], so_that: [so that]}
checks:
"""
ANSWERS = {
    "aim": "They ask for a raise because prices rise",
    "need": "Know the law",
    "first": "2026-05-01",
    "last": "2026-05-31",
    "hours": 10,
    "online": "no",
    "bars": ["fare", "none"],
    "steps": ["r1", "r2", "r3"],
    "steps/r1/what": "Meet",
    "steps/r1/group": "r1",
    "steps/r1/hours": 6,
    "steps/r1/begins": "2026-05-02",
    "steps/r1/ends": "2026-05-03",
    "steps/r1/sure": True,
    "steps/r2/what": "meet",
    "steps/r2/group": "r9",
    "steps/r2/hours": 3,
    "steps/r2/begins": "2026-05-30",
    "steps/r2/ends": "2026-06-02",
    "steps/r2/sure": False,
    "steps/r3/what": "Call +961 70 123 456",
    "steps/r3/group": "r1",
}
OTHERS = {"groups": {"groups": ["r1", "r2"], "groups/r1/name": "Porters", "groups/r2/name": "Drivers"}}
CHECK = """
  - id: good
    points: 2
    title: It is good
    hint: Is it good?
    wants: {wants}
"""
LINE = (PLAN + CHECK).count("\n")
"""Where `wants` stands in the file."""


@pytest.fixture
def folder(tmp_path):
    place = tmp_path / "union-course"
    for name, text in (("groups", GROUPS), ("plan", PLAN.replace("checks:\n", ""))):
        (place / name).mkdir(parents=True)
        (place / name / "exercise.yaml").write_text(text, "utf-8")
    (place / "course.yaml").write_text(COURSE, "utf-8")
    return place


def declared(folder, checks):
    (folder / "plan" / "exercise.yaml").write_text(PLAN + checks, "utf-8")
    return folder


def found(folder, wants, **changed):
    course = load_course(declared(folder, CHECK.format(wants=wants)))
    exercise = course.exercise("plan")
    flat = ANSWERS | changed
    work = Work(course, lambda name: OTHERS.get(name, {})).having(exercise, flat)
    finding = exercise.checks[0].wants.found(Look(exercise, nest(exercise, flat), work))
    return round(finding.share, 3), list(finding.paths)


WHAT, GROUP = ("steps/r1/what", "steps/r2/what"), ("steps/r2/group",)


@pytest.mark.parametrize(
    ("wants", "share", "paths"),
    [
        ("{kind: complete, of: [aim, need]}", 1, ()),
        ("{kind: answered, of: [aim, steps.hours]}", 0.75, ("steps/r3/hours",)),
        ("{kind: answered, of: [aim, steps.hours], whole: true}", 0, ("steps/r3/hours",)),
        ('{kind: answers, where: {online: ["no"], hours: {above: 9}}}', 1, ()),
        ('{kind: answers, where: {online: ["yes"], hours: {above: 9}}, places: [hours]}', 0, ("hours",)),
        ("{kind: words, between: [3, 8], of: [aim]}", 1, ()),
        ("{kind: words, between: [3, 8]}", 0, ()),
        ("{kind: rows, of: steps, where: {hours: answered}, place: hours}", 0.667, ("steps/r3/hours",)),
        ("{kind: rows, of: steps, where: {hours: answered}, whole: true}", 0, ()),
        ("{kind: rows, of: steps, at_least: 4, where: {what: answered}}", 0.75, ()),
        (
            "{kind: rows, of: steps, at_most: 1, where: {sure: {not: [true]}}, place: sure}",
            0,
            ("steps/r2/sure", "steps/r3/sure"),
        ),
        ("{kind: rows, of: steps, among: {sure: answered}, where: {sure: [true, false]}}", 1, ()),
        ("{kind: rows, of: steps, at_least: 2, where: {begins: {before: ends}}}", 1, ()),
        ("{kind: rows, of: steps, at_least: 1, where: {begins: {same_as: ends}, what: answered}}", 1, ()),
        ("{kind: rows, of: steps, at_least: 2, where: {group: {there: true}}}", 1, ()),
        ("{kind: rows, of: steps, at_least: 3, where: {group: {there: true}}}", 0.667, ()),
        (
            "{kind: rows, of: steps, at_least: 1, where: {not: {any: [{sure: [true]}, {sure: [false]}]}}}",
            1,
            (),
        ),
        ("{kind: different, of: [steps.what], at_least: 3}", 0.667, ()),
        ("{kind: different, of: [steps.what], at_least: 3, whole: true}", 0, ()),
        ("{kind: different, of: [steps.what], at_least: 2, where: {sure: [true]}}", 0.5, ()),
        ("{kind: different, of: bars, at_least: 2}", 1, ()),
        ("{kind: rows, of: steps, at_least: 1, where: {sure: {is: true}}}", 1, ()),
        ("{kind: used, of: groups.groups, by: steps.group}", 0.5, ()),
        (
            "{kind: used, of: groups.groups, by: steps.group, once: true}",
            0,
            ("steps/r2/group", "steps/r3/group"),
        ),
        ("{kind: alone, of: [bars], option: none}", 0, ("bars",)),
        ("{kind: no_two_alike, of: [steps.what]}", 0, WHAT),
        ("{kind: texts, of: [aim, need], that: {in_action: true}}", 0.5, ("need",)),
        ("{kind: texts, of: [aim], that: {uses: because, digit: false}}", 1, ()),
        ("{kind: texts, of: [steps.what], that: {any: [{digit: true}, {uses: so_that}]}}", 0.333, WHAT),
        ("{kind: own_words}", 1, ()),
        ("{kind: own_words, different: [steps.what]}", 0, WHAT),
        ("{kind: no_personal_data}", 0, ("steps/r3/what",)),
        ("{kind: adds_up, of: steps.hours, to: hours, within: 10}", 1, ()),
        ("{kind: adds_up, of: steps.hours, to: hours, within: 9}", 0, ()),
        (
            "{kind: part, of: steps.hours, where: {sure: [true]}, at_most: 50, half: 70, place: sure}",
            0.5,
            ("steps/r1/sure",),
        ),
        ("{kind: part, of: steps.hours, where: {sure: [false]}, at_least: 50}", 0.667, ()),
        (
            "{kind: dates_inside, first: first, last: last, spans: [{of: steps, first: begins, last: ends}]}",
            0,
            ("steps/r2/ends",),
        ),
        ("{kind: dates_inside, first: last, last: first, days: [steps.begins]}", 0, ("last", "first")),
        ("{kind: dates_inside, first: first, last: last, days: [steps.begins]}", 1, ()),
        ("{kind: all, of: [{kind: own_words}, {kind: no_personal_data}]}", 0, ("steps/r3/what",)),
        ("{kind: any, of: [{kind: own_words}, {kind: no_personal_data}]}", 1, ()),
        ("{kind: each, of: [{kind: own_words}, {kind: no_personal_data}]}", 0.5, ("steps/r3/what",)),
        (
            "{kind: in_turn, of: [{kind: alone, of: [bars], option: none}, {kind: no_personal_data}]}",
            0,
            ("bars",),
        ),
        ('{kind: depends, field: online, is: ["no"], otherwise: {kind: no_personal_data}}', 1, ()),
        (
            '{kind: depends, field: online, is: ["yes"], otherwise: {kind: no_personal_data}}',
            0,
            ("steps/r3/what",),
        ),
        (
            '{kind: depends, field: online, is: ["no"], then: {kind: no_personal_data}, otherwise: {kind: own_words}}',
            0,
            ("steps/r3/what",),
        ),
    ],
)  # fmt: skip
def test_each_kind_finds_its_share_and_its_places(folder, wants, share, paths):
    assert found(folder, wants) == (share, list(paths))


def test_every_kind_is_looked_at_here():
    marks = test_each_kind_finds_its_share_and_its_places.pytestmark
    looked_at = {yaml.safe_load(wants)["kind"] for mark in marks for wants, _share, _paths in mark.args[1]}
    assert looked_at == RULES.keys()


@pytest.mark.parametrize("kind", RULES)
def test_the_example_of_each_kind_is_of_that_kind(kind):
    rule = TypeAdapter(AnyRule).validate_python(yaml.safe_load(RULES[kind].example))
    assert type(rule) is RULES[kind]


@pytest.mark.parametrize(
    ("wants", "place", "text"),
    [
        (
            "{kind: diferent, of: [aim], at_least: 2}",
            ".kind",
            "there is no kind of rule diferent; did you mean different.",
        ),
        ("{kind: magic}", ".kind", "there is no kind of rule magic; write one of complete, answered, "),
        ("{of: [aim]}", "", "say which kind of rule it is; write kind: and one of complete, "),
        ("{kind: , of: [aim]}", ".kind", "say which kind of rule it is; write kind: and one of complete, "),
        ("own_words", "", "write what the check wants with its kind and keys, such as {kind: own_words, different: "),
        (
            "{kind: different, of: [aim], at_leest: 2}",
            ".at_leest",
            "this key is not known; did you mean at_least.",
        ),
        (
            "{kind: no_personal_data, of: [aim]}",
            ".of",
            "this key is not known; there may be kind, places.",
        ),
        (
            "{kind: different, of: [aim]}",
            ".at_least",
            "this is missing; write it, such as in {kind: different, of: [map.driver], at_least: 4}.",
        ),
        (
            "{kind: different, of: [aim, steps.what], at_least: 2, where: {what: answered}}",
            "",
            "name columns of one table",
        ),
        ("{kind: rows, of: steps}", "", "say what rows it looks for: where, without or at_least."),
        ("{kind: rows, of: steps, at_least: 1, at_most: 2}", "", "write at_least or at_most;"),
        (
            "{kind: rows, of: steps, where: {hours: many}}",
            ".where.hours",
            "write answered, a list of answers such as",
        ),
        (
            "{kind: rows, of: steps, where: {hours: {bigger: 3}}}",
            ".where.hours.bigger",
            "this key is not known; there may be answered, is, ",
        ),
        ("{kind: rows, of: steps, where: {any: []}}", ".where.any", "write at least one condition."),
        ("{kind: all, of: [{kind: own_words}]}", ".of", "write at least 2 here; there is 1."),
        (
            "{kind: all, of: [{kind: own_words}, {kind: words, between: [1]}]}",
            ".of.2.between",
            "write at least 2 here; there is 1.",
        ),
        (
            "{kind: part, of: steps.hours, where: {sure: [true]}}",
            "",
            "write at_least or at_most, in per cent.",
        ),
        (
            "{kind: part, of: steps.hours, where: {sure: [true]}, at_least: 5, half: 3}",
            "",
            "half goes with at_most",
        ),
        ("{kind: dates_inside, first: first, last: last}", "", "write spans or days"),
        ("{kind: texts, of: [aim], that: {same_as: need}}", "", "belong into a rows rule"),
    ],
)  # fmt: skip
def test_a_declaration_that_says_nothing_is_told_with_its_place(folder, wants, place, text):
    file = declared(folder, CHECK.format(wants=wants)) / "plan" / "exercise.yaml"
    with pytest.raises(CourseError) as raised:
        load_course(folder)
    where = rf"{re.escape(str(file))}: line {LINE}, column \d+: checks\.good\.wants{re.escape(place)}: "
    assert re.match(where, str(raised.value)), str(raised.value)
    assert text in str(raised.value)
    assert "\n" not in str(raised.value)
    (fault,) = lint_course(folder)
    assert (fault.path, text in fault.text) == (f"checks.good.wants{place}", True)


@pytest.mark.parametrize(
    ("checks", "text"),
    [
        ("\n  - {id: good, title: Good, points: 2}", "checks.good: a check needs hint, wants; the id alone"),
        ("\n  - {id: good}", "checks.good: checks.py has no check good;"),
        (CHECK.format(wants="null"), "checks.good: a check needs wants; the id alone"),
        ("\n  - {id: good, titel: Good}", "checks.good.titel: this key is not known; did you mean title."),
        (CHECK.format(wants="{kind: own_words}") * 2, "the check good is there twice"),
    ],
)
def test_a_check_that_is_not_whole_is_told(folder, checks, text):
    declared(folder, checks)
    with pytest.raises(CourseError) as raised:
        load_course(folder)
    assert text in str(raised.value)


@pytest.mark.parametrize(
    ("wants", "key", "text"),
    [
        ("{kind: complete, of: [aims]}", "of", "there is no field aims; did you mean aim"),
        (
            "{kind: answered, of: [steps.hour]}",
            "of",
            "the table steps has no column hour; did you mean hours",
        ),
        ("{kind: answered, of: [steps]}", "of", "steps is a table field; name a field, or a column"),
        ("{kind: answers, where: {aims: answered}}", "where", "there is no field aims"),
        ("{kind: rows, of: aim, at_least: 1}", "of", "aim is a text field; name a table"),
        ("{kind: rows, of: steps, where: {hour: answered}}", "where", "no column hour; did you mean hours"),
        ("{kind: rows, of: steps, where: {what: answered}, place: wat}", "place", "did you mean what"),
        (
            '{kind: answers, where: {online: ["maybe"]}}',
            "where.online",
            "online never is maybe; it has no, yes",
        ),
        (
            "{kind: answers, where: {online: [no]}}",
            "where.online",
            'online never is false; write "no" in quotation marks',
        ),
        (
            "{kind: answers, where: {online: {above: 3}}}",
            "where.online",
            "online is a choice field; name a number",
        ),
        ("{kind: answers, where: {aim: {there: true}}}", "where.aim", "aim is a text field; name a ref"),
        ("{kind: answers, where: {first: {before: aim}}}", "where.first", "aim is a text field; name a date"),
        (
            "{kind: texts, of: [aim], that: {uses: becuase}}",
            "that.uses",
            "no list becuase under words; did you mean because",
        ),
        (
            "{kind: texts, of: [hours], that: {digit: true}}",
            "of",
            "hours is a number field; name words of one's own",
        ),
        ("{kind: used, of: groups.group, by: steps.group}", "of", "there are no rows groups.group;"),
        (
            "{kind: used, of: aim, by: steps.group}",
            "of",
            "aim is a text field; name a table, or a field of choices",
        ),
        ("{kind: alone, of: [bars], option: non}", "option", "bars never is non; did you mean none"),
        (
            "{kind: adds_up, of: steps.what, to: hours}",
            "of",
            "steps.what is a line field; name a number or a scale",
        ),
        (
            "{kind: dates_inside, first: first, last: aim, days: [steps.begins]}",
            "last",
            "aim is a text field; name a date",
        ),
        ("{kind: own_words, places: [aims]}", "places", "there is no field aims; did you mean aim"),
        (
            "{kind: all, of: [{kind: own_words}, {kind: complete, of: [aims]}]}",
            "of.2.of",
            "there is no field aims",
        ),
        (
            '{kind: depends, field: only, is: ["no"], otherwise: {kind: own_words}}',
            "field",
            "there is no field only",
        ),
    ],
)  # fmt: skip
def test_a_name_that_leads_nowhere_is_told_with_its_place(folder, wants, key, text):
    declared(folder, CHECK.format(wants=wants))
    found = [f for f in lint_course(folder) if f.path.startswith("checks.good.wants")]
    assert [(f.file.name, f.path) for f in found][:1] == [("exercise.yaml", f"checks.good.wants.{key}")], (
        found
    )
    assert text in found[0].text


def test_a_check_is_translated_by_its_id(folder):
    declared(folder, CHECK.format(wants="{kind: own_words}"))
    (folder / "plan" / "ar.yaml").write_text("checks:\n  good: {title: جيد, hint: هل هو جيد؟}\n", "utf-8")
    (check,) = load_course(folder, "ar").exercise("plan").checks
    assert (check.title, check.hint, check.points) == ("جيد", "هل هو جيد؟", 2)


def test_an_exercise_that_is_like_another_has_its_checks(folder):
    declared(folder, CHECK.format(wants="{kind: own_words}"))
    (folder / "again").mkdir()
    (folder / "again" / "exercise.yaml").write_text("id: again\nlike: plan\n", "utf-8")
    (check,) = load_course(folder).exercise("again").checks
    assert (check.id, check.wants.kind) == ("good", "own_words")


def test_an_exercise_that_is_like_another_and_has_checks_of_its_own_has_them_translated_there(folder):
    declared(folder, CHECK.format(wants="{kind: own_words}"))
    (folder / "again").mkdir()
    own = CHECK.format(wants="{kind: rows, of: steps, where: {what: answered}}")
    file = folder / "again" / "exercise.yaml"
    file.write_text("id: again\nlike: plan\nchecks:\n" + own, "utf-8")
    (check,) = load_course(folder).exercise("again").checks
    assert check.wants.kind == "rows"
    ((_, raw),) = [part for part in parts(load_course(folder)) if part[0].name == "again"]
    texts = [path for path, text, _ in paired(raw, {"checks": {"good": {"title": "جيد"}}}) if text]
    assert texts == ["checks.good.title", "checks.good.hint"]
