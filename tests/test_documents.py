"""Schemas and types that are made of documents, and whether they would notice a mistake."""

import json

import jsonschema
import pytest
import yaml
from pydantic import ValidationError

from academy.content import courses_root
from academy.course.files.yaml_files import read_yaml
from academy.documents import COURSE_FILES, DOCUMENTS
from academy.documents.key_texts import OF_RULES, SAME
from tests.support.documents import javascript_refuses, javascript_takes
from tools import documents
from tools.reference import REFERENCE, ROOT, reference

COURSES = courses_root()
NEWS = {"lead": "p-1", "there": {"p-1": "Amina"}, "undo": None}


def test_schemas_and_types_are_those_of_the_code():
    made = documents.schemas()
    assert {file.name for file in documents.SCHEMAS.iterdir()} == {file.name for file in made}
    for file, text in made.items():
        assert file.read_text("utf-8") == text, f"{file.name} is stale: run `make documents`"
    assert documents.TYPES.read_text("utf-8") == documents.types(), (
        "documents.d.ts is stale: run `make documents`"
    )


def test_the_list_of_checks_says_what_each_kind_says_of_itself():
    assert documents.CHECKS.read_text("utf-8") == documents.checks(), (
        "checks.md is stale: run `make documents`"
    )


def test_the_list_of_commands_says_what_each_says_of_itself():
    assert documents.COMMANDS.read_text("utf-8") == documents.commands(), (
        "commands.md is stale: run `make documents`"
    )


def test_the_reference_of_a_courses_files_has_every_key_with_an_example():
    assert REFERENCE.read_text("utf-8") == reference(), "reference.md is stale: run `make documents`"
    told = yaml.safe_load((ROOT / "academy" / "documents" / "keys.yaml").read_text("utf-8"))
    there = {}
    for document in COURSE_FILES.values():
        schema = document.schema()
        for model, part in [(schema["title"], schema), *schema.get("$defs", {}).items()]:
            there.setdefault(SAME.get(model, model), set()).update(part.get("properties", ()))
    assert {model: {*keys} for model, keys in told.items()} == {
        model: keys for model, keys in there.items() if model not in OF_RULES
    }
    for key, text in ((key, text) for keys in told.values() for key, text in keys.items()):
        assert text["says"].endswith(".")
        assert [*yaml.safe_load(text["example"])] == [key], "an example stands as it is in a file"


def test_the_list_of_limits_has_them_as_they_are():
    assert documents.LIMITS.read_text("utf-8") == documents.limits(), (
        "limits.md is stale: run `make documents`"
    )


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.name)
def test_every_document_has_a_version_and_a_schema_that_is_one(document):
    schema = document.schema()
    assert schema["$id"] == f"urn:academy-kit:{document.name}:{document.version}"
    jsonschema.Draft202012Validator.check_schema(schema)


def test_both_ends_notice_what_does_not_belong():
    javascript_takes({"PresentersNews": [NEWS]})
    for wrong in (NEWS | {"lead": 5}, NEWS | {"who": "p-1"}, {"lead": None, "there": {}}):
        assert "error TS" in javascript_refuses({"PresentersNews": [wrong]})
        (news,) = (document for document in DOCUMENTS if document.name == "room-presenters")
        with pytest.raises(ValidationError):
            news.check(wrong)
        assert list(jsonschema.Draft202012Validator(news.schema()).iter_errors(wrong))


WRITTEN = [file for name in COURSE_FILES for file in sorted(COURSES.rglob(name))]
"""The files of the courses that come with the kit, but their translations."""


@pytest.mark.parametrize("file", WRITTEN, ids=lambda file: str(file.relative_to(COURSES)))
def test_editors_that_know_the_schemas_find_no_fault_in_our_courses(file):
    said = json.loads(json.dumps(read_yaml(file), default=str))
    validator = jsonschema.Draft202012Validator(COURSE_FILES[file.name].schema())
    assert [f"{fault.json_path}: {fault.message}" for fault in validator.iter_errors(said)] == []
