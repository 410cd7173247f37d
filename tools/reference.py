"""Write the reference of all keys of a course's files, for people who write courses and are no programmers."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "widgets")]

import academy_widgets  # noqa: E402
from academy.course import judging, writing  # noqa: E402
from academy.course.kinds import KINDS  # noqa: E402
from academy.course.lint.course_keys import THRESHOLDS  # noqa: E402
from academy.course.live_kinds import LIVE_KINDS  # noqa: E402
from academy.documents import COURSE_FILES  # noqa: E402
from academy.documents.key_texts import OF_RULES, SAME, key_texts  # noqa: E402
from academy.live.kinds import KINDS as ACTIVITIES  # noqa: E402

REFERENCE = ROOT / "docs" / "reference.md"
HEAD = """# Reference of a course's files

What may stand in each file of a course: every key, what it is, what is allowed, what counts where it is left out, and
an example. `academy check` says what does not fit, with the file, the line and the mend.

A course is a folder. These files lie in it:

```text
my-course/
  course.yaml          the course: dates, modules, lists
  passport.yaml        what the passport shows (if there is one)
  desk.yaml            what the facilitators' desk draws (if there is one)
  fr.yaml              the French texts of course.yaml
  my-exercise/
    exercise.yaml      what is asked
    checks.py          checks over the answers (if there are any)
    example.yaml       a worked example
    cases.yaml         cases that prove the checks
    facilitator.md     a word to facilitators
    fr.yaml            the French texts of exercise.yaml
  my-webinar/
    live.yaml          what the room is asked
```

In these files stand keys and values: `title: Context map`. Three rules save most trouble. Indent with spaces, two for
each step. Put a text between straight double quotes when it has a colon, a number sign or a quotation mark in it, or
begins with another sign than a letter. Put `yes`, `no`, `on`, `off`, numbers and days between quotes where a text is
meant.

An editor can say what does not fit while you write, and what each key is: give it the schemas in `docs/schemas/` (an
installed kit has them in the folder `schemas` beside its courses). In Visual Studio Code install *YAML* by Red Hat and
write into the settings:

```json
"yaml.schemas": {
SCHEMAS
}
```

An *id* is a short name of small letters, digits and hyphens that begins with a letter. People never see it, and answers
are kept under it: never change one that somebody has answered to. An *address* leads to an answer: `field`,
`table.column` or `exercise.table.column`.
"""
NAMES = {
    "Activity": "An activity of a module",
    "Axes": "The axes of a grid",
    "Case": "A case",
    "Certificate": "The certificate",
    "CertificateRule": "A rule of the certificate",
    "Column": "A column of a table",
    "Coverage": "A line of coverage",
    "Criterion": "A criterion of a rubric",
    "DeclaredCheck": "A check",
    "Field": "A field",
    "LiveActivity": "An activity of a webinar",
    "LiveAxis": "An axis",
    "LiveColumn": "A column of cards",
    "LiveOption": "An option of a webinar",
    "LiveScale": "A scale of a webinar",
    "Module": "A module",
    "Most": "The most words",
    "OnlyIf": "A condition",
    "Option": "An option",
    "Organisation": "An organisation",
    "PassportPage": "A page of the passport",
    "PassportPlan": "The passport",
    "PicturePlace": "A picture",
    "Review": "A round of peer review",
    "Shown": "Something that a page shows",
    "Station": "A station of the golden thread",
    "Stop": "A stop",
    "ThreadPlan": "The golden thread",
}
ID = "^[a-z]"
LANGUAGE = """
## fr.yaml and other translations

Beside `course.yaml`, `exercise.yaml` and `live.yaml` a file for each language, called after it. It has the same keys
and ids, and texts only: what is a rule (minutes, types, words, required …) is the same in all languages.

```yaml
title: Carte du contexte
fields:
  map:
    label: Votre carte
    columns:
      who: Qui est touché en premier ?
checks:
  has-town: {title: Une ville, hint: Où habitez-vous ?}
```

A text alone (`who: …`) stands for the label or title. Word lists stand under `words`. `academy check` tells which texts
are missing or older than their original; `academy check --confirm fr` keeps in `translated.yaml` that they agree.
"""


def reference() -> str:
    """Return the reference as Markdown."""
    schemas = ",\n".join(
        f'  "docs/schemas/{document.name}.schema.json": "exercises/*/{"" if name in TOP else "*/"}{name}"'
        for name, document in COURSE_FILES.items()
    )
    parts = [HEAD.replace("SCHEMAS", schemas)]
    told: set[str] = set()
    for name, document in COURSE_FILES.items():
        schema: dict[str, Any] = document.schema()
        parts += [f"\n## {name}\n", *_model(schema, str(schema["title"]))]
        for model, part in schema.get("$defs", {}).items():
            if model not in told | OF_RULES and SAME.get(model, model) not in told - {model}:
                told.add(model)
                parts += [f"\n### {NAMES[model]}\n", *_model(part, model)]
        parts += EXTRA.get(name, list)()
    return "".join([*parts, LANGUAGE, *_checks(), *_pages()])


def _model(schema: dict[str, Any], model: str) -> Iterator[str]:
    if SAME.get(model, model) != model:
        yield "\nIt has the keys of a field, but those of a table.\n"
        return
    required = [*schema.get("required", ())]
    required += [
        key for one in schema.get("anyOf", ()) for key in one["required"] if "like" not in one["required"]
    ]
    keys = sorted(schema["properties"].items(), key=lambda item: item[0] not in required)
    yield "\n"
    for key, about in keys:
        text = key_texts(model)[key]
        must = " (must be there)" if key in required else ""
        default = _default(about)
        yield f"- **`{key}`**{must}: {text.says} *{_allowed(about)}.*{default}"
        if "\n" in text.example:
            lines = "\n".join(f"  {line}".rstrip() for line in text.example.split("\n"))
            yield f"\n\n  ```yaml\n{lines}\n  ```\n"
        else:
            yield f" Example: `{text.example}`\n"


def _default(about: dict[str, Any]) -> str:
    value = about.get("default")
    if value in (None, "", [], {}) or isinstance(value, dict):
        return ""
    said = {True: "true", False: "false"}[value] if isinstance(value, bool) else value
    said = ", ".join(map(str, said)) if isinstance(said, list) else said
    return f" Left out, it is `{said}`."


def _allowed(about: dict[str, Any]) -> str:
    """What may stand in a place, in words that begin with a capital letter."""
    said = _said(about)
    start = 1 if said.startswith("[") else 0
    return said[:start] + said[start : start + 1].upper() + said[start + 1 :]


def _said(about: dict[str, Any]) -> str:
    if "discriminator" in about:
        return "[a rule](checks.md)"
    if "$ref" in about:
        name = NAMES[str(about["$ref"]).rpartition("/")[2]]
        return f"[{name[0].lower()}{name[1:]}](#{name.lower().replace(' ', '-')})"
    if "enum" in about or "const" in about:
        values = [f"`{value}`" for value in about.get("enum", [about.get("const")])]
        return ("one of " if len(values) > 1 else "") + ", ".join(values)
    if choices := about.get("anyOf"):
        several = [*dict.fromkeys(_said(one) for one in choices if one.get("type") != "null")]
        if {"a number", "a whole number"} <= {*several}:
            several.remove("a whole number")
        return (", or " if several[0].startswith("a list") else " or ").join(several)
    match about.get("type"):
        case "string" if about.get("format") == "date":
            return "a day as year-month-day"
        case "string":
            return "an id" if str(about.get("pattern", "")).startswith(ID) else "a text"
        case "integer" | "number" as kind:
            return ("a whole number" if kind == "integer" else "a number") + _bounds(about)
        case "boolean":
            return "`true` or `false`"
        case "array":
            return _list(about)
        case "object":
            inner = about.get("additionalProperties")
            keys = about.get("propertyNames", {}).get("enum")
            named = (
                "any of the keys " + ", ".join(f"`{key}`" for key in keys) if keys else "names of your own"
            )
            return f"{named}, each with {_said(inner)}" if isinstance(inner, dict) else named
    return "anything"


def _list(about: dict[str, Any]) -> str:
    inner, least, most = about["items"], about.get("minItems"), about.get("maxItems")
    if least == most == 2 and inner.get("type") in ("integer", "number"):
        return "two numbers, [least, most]"
    number = f" of {least}" if least and least == most else " that is not empty" if least else ""
    return f"a list{number}, each {_said(inner)}"


def _bounds(about: dict[str, Any]) -> str:
    low, high = about.get("minimum"), about.get("maximum")
    if low is not None and high is not None:
        return f" from {low} to {high}"
    if "exclusiveMinimum" in about:
        top = f" and at most {high}" if high is not None else ""
        return f" above {about['exclusiveMinimum']}{top}"
    return f" of at least {low}" if low is not None else ""


# -- what stands in no schema ---------------------------------------------------------------------------------


def _first(thing: Any) -> str:
    return " ".join((inspect.getdoc(thing) or "").split("\n\n")[0].split())


def _types() -> list[str]:
    rows = [
        f"| `{name}` | {_first(type(kind))} | {_keys(kind.keys)} | {_keys(kind.needs)} |\n"
        for name, kind in KINDS.items()
    ]
    return [
        "\n### Types of fields\n\nEvery field may have `id`, `type`, `label`, `help`, `required`, `only_if` and "
        "`flows_to`.\n\n",
        "| type | what is answered | it may also have | it must have |\n| --- | --- | --- | --- |\n",
        *rows,
    ]


def _kinds() -> list[str]:
    rows = [
        f"| `{name}` | {_first(type(ACTIVITIES[name]))} | {_keys(kind.keys)} | {_keys(kind.needs)} |\n"
        for name, kind in LIVE_KINDS.items()
    ]
    return [
        "\n### Kinds of activities\n\n| kind | what people do | it may also have | it must have |\n",
        "| --- | --- | --- | --- |\n",
        *rows,
    ]


def _keys(keys: frozenset[str]) -> str:
    return ", ".join(f"`{'list' if key == 'list_name' else key}`" for key in sorted(keys))


def _thresholds() -> list[str]:
    rows = [f"- **`{name}`**: {said}.\n" for name, said in THRESHOLDS.items()]
    return ["\n### Thresholds\n\nThe kit goes by these; checks of a course may ask for more.\n\n", *rows]


def _checks() -> Iterator[str]:
    yield (
        "\n## checks.py\n\nWhat no [rule](checks.md) can say: short functions over the answers, each with "
        "`@check(id, title=…, hint=…, points=…, fields=[…])`. A hint is a question. "
        "`@computed(id)` gives a computed field its text, `@picture(id)` draws. These functions help "
        "(`from academy.course import judging as j`, `from academy.course.writing import …`):\n\n"
    )
    for module, prefix in ((judging, "j."), (writing, "")):
        for name in module.__all__:
            thing = getattr(module, name)
            if inspect.isfunction(thing):
                yield f"- **`{prefix}{name}`**: {_first(thing)}\n"


def _pages() -> Iterator[str]:
    yield (
        "\n## Pages\n\nA page is a notebook of lessons and of cells with one call each, such as\n\n"
        '```python\nfrom academy_widgets import exercise\n\nexercise("context-map")\n```\n\n'
    )
    for name in academy_widgets.__all__:
        thing = getattr(academy_widgets, name)
        given = ", ".join(
            str(part).partition(":")[0] for part in inspect.signature(thing).parameters.values()
        )
        yield f"- **`{name}({given})`**: {_first(thing)}\n"


TOP = ("course.yaml", "passport.yaml", "desk.yaml")
EXTRA = {"course.yaml": _thresholds, "exercise.yaml": _types, "live.yaml": _kinds}
