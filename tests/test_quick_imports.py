"""What is left out of an import, and what comes back afterwards."""

import subprocess
import sys
from types import ModuleType

from academy_app.quick_imports import without_grammars

GRADING = """
import sys
from academy_app.quick_imports import without_grammars
with without_grammars():
    import academy_grading.grade
print("lark" in sys.modules, sys.modules.get("rfc3987_syntax"))
"""
AFTERWARDS = "import rfc3987_syntax; print(rfc3987_syntax.__name__)"


def said(code):
    return subprocess.run(
        [sys.executable, "-I", "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()


def test_grading_starts_without_the_grammars_of_addresses_that_others_may_import_afterwards():
    assert said(GRADING) == ["False", "None"]
    assert said(GRADING + AFTERWARDS) == ["False", "None", "rfc3987_syntax"]


def test_who_has_the_grammars_keeps_them(monkeypatch):
    there = ModuleType("rfc3987_syntax")
    monkeypatch.setitem(sys.modules, "rfc3987_syntax", there)
    with without_grammars(), without_grammars():
        assert sys.modules["rfc3987_syntax"] is there
    assert sys.modules["rfc3987_syntax"] is there
    monkeypatch.delitem(sys.modules, "rfc3987_syntax")
    with without_grammars(), without_grammars():
        assert sys.modules["rfc3987_syntax"] is None
    assert "rfc3987_syntax" not in sys.modules
