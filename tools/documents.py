"""Write the JSON Schemas of documents, their types for JavaScript, commands, limits, and the reference of courses."""

from __future__ import annotations

import ast
import json
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "app")]

import typer.main  # noqa: E402
from typer.testing import CliRunner  # noqa: E402

from academy.course.kinds import KINDS  # noqa: E402
from academy.course.live_kinds import LIVE_KINDS, KindKeys  # noqa: E402
from academy.documents import COURSE_FILES, DOCUMENTS  # noqa: E402
from academy_app.cli import app  # noqa: E402
from tools.reference import REFERENCE, reference  # noqa: E402

SCHEMAS = ROOT / "docs" / "schemas"
TYPES = ROOT / "widgets" / "academy_widgets" / "js" / "documents.d.ts"
COMMANDS = ROOT / "docs" / "commands.md"
COMMANDS_HEAD = """# Commands

What each command takes, as `academy COMMAND --help` says it. The README says when to use which.
"""
WIDTH = 100
LIMITS = ROOT / "docs" / "limits.md"
LIMITS_HEAD = """# Limits and paces

How much, how many and how long: the numbers at the top of each module, as they stand there.
Where a course or a command has a say, its own value counts. To change another, change it in its module.
"""
PACKAGES = ("academy", "grading/academy_grading", "widgets/academy_widgets", "app/academy_app")
NUMBERS = (ast.Constant, ast.BinOp, ast.UnaryOp, ast.Tuple, ast.operator, ast.unaryop, ast.expr_context)
HEAD = "// Made by tools/documents.py of academy/documents: change those, then run `make documents`.\n"
PLAIN = {"string": "string", "integer": "number", "number": "number", "boolean": "boolean", "null": "null"}


def schemas() -> dict[Path, str]:
    """Return each schema as text, by its file."""
    return {
        SCHEMAS / f"{document.name}.schema.json": json.dumps(document.schema(), ensure_ascii=False, indent=1)
        + "\n"
        for document in DOCUMENTS
    }


def types() -> str:
    """Return the types of all documents but the files of a course, for which JavaScript has no use."""
    named: dict[str, str] = {}
    for document in DOCUMENTS:
        if document in COURSE_FILES.values():
            continue
        schema: dict[str, Any] = document.schema()
        for name, part in schema.get("$defs", {}).items():
            named.setdefault(name, _type(part))
        named.setdefault(str(schema.get("title") or _title(document.name)), _type(schema))
    # Keys of activities that a kind has and others do not; the slides get them as they are in the file.
    schema = KindKeys.model_json_schema(by_alias=False, mode="serialization")
    for name, part in [*schema["$defs"].items(), ("KindKeys", schema)]:
        named[name] = _type(part)
    for name, kinds in (("FieldType", KINDS), ("LiveKind", LIVE_KINDS)):
        named[name] = " | ".join(f'"{kind}"' for kind in kinds)
    return HEAD + "".join(f"\nexport type {name} = {text};\n" for name, text in sorted(named.items()))


def _title(name: str) -> str:
    return "".join(part.capitalize() for part in name.split("-"))


def _type(schema: dict[str, Any]) -> str:
    """A schema as TypeScript writes it."""
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "const" in schema or "enum" in schema:
        return " | ".join(json.dumps(value) for value in schema.get("enum", [schema.get("const")]))
    if parts := schema.get("anyOf") or schema.get("oneOf"):
        return " | ".join(dict.fromkeys(_type(part) for part in parts))
    match schema.get("type"):
        case "array" if "prefixItems" in schema:
            return f"[{', '.join(_type(part) for part in schema['prefixItems'])}]"
        case "array":
            return f"Array<{_type(schema['items'])}>"
        case "object" if "properties" in schema:
            return "{ " + " ".join(_members(schema)) + " }"
        case "object":
            return f"Record<string, {_type(schema['additionalProperties'])}>"
        case str(name):
            return PLAIN[name]
    return "unknown"


def _members(schema: dict[str, Any]) -> Iterator[str]:
    required = schema.get("required", ())
    for name, part in schema["properties"].items():
        yield f"{name}{'' if name in required else '?'}: {_type(part)};"


def commands() -> str:
    """Return what each command says of itself as Markdown."""
    return COMMANDS_HEAD + "".join(_commands(typer.main.get_command(app), []))


def _commands(command: Any, words: list[str]) -> Iterator[str]:
    said = CliRunner().invoke(app, [*words, "--help"], prog_name="academy", terminal_width=WIDTH, color=False)
    yield f"\n## {' '.join(['academy', *words])}\n\n```text\n{said.stdout.strip()}\n```\n"
    for name, below in getattr(command, "commands", {}).items():
        yield from _commands(below, [*words, name])


def limits() -> str:
    """Return the numbers at the top of modules as Markdown, with what their docstrings say they are for."""
    said = [LIMITS_HEAD]
    for package in PACKAGES:
        for file in sorted((ROOT / package).rglob("*.py")):
            body = ast.parse(file.read_text("utf-8")).body
            if found := [line for pair in pairwise([*body, ast.Pass()]) for line in _limit(*pair)]:
                said.append(f"\n## {file.relative_to(ROOT).as_posix()}\n\n{''.join(found)}")
    return "".join(said)


def _limit(statement: ast.stmt, after: ast.stmt) -> Iterator[str]:
    if not isinstance(statement, ast.Assign):
        return
    parts = list(ast.walk(statement.value))
    values = [part.value for part in parts if isinstance(part, ast.Constant)]
    names = [part.id for part in ast.walk(statement.targets[0]) if isinstance(part, ast.Name)]
    if not all(isinstance(part, NUMBERS) for part in parts) or not all(
        type(v) in (int, float) for v in values
    ):
        return
    if values and all(name.isupper() for name in names):
        why = after.value if isinstance(after, ast.Expr) else None
        text = " ".join(str(why.value).split()) if isinstance(why, ast.Constant) else ""
        yield f"- `{', '.join(names)} = {ast.unparse(statement.value)}`{': ' if text else ''}{text}\n"


def main() -> None:
    """Write them."""
    SCHEMAS.mkdir(parents=True, exist_ok=True)
    for file, text in schemas().items():
        file.write_text(text, "utf-8")
    TYPES.write_text(types(), "utf-8")
    COMMANDS.write_text(commands(), "utf-8")
    LIMITS.write_text(limits(), "utf-8")
    REFERENCE.write_text(reference(), "utf-8")


if __name__ == "__main__":
    main()
