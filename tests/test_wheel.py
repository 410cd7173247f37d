"""What is installed from a wheel is whole: it has what the package build makes, and what is not Python."""

import json
import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).parents[1]


def names_below(*folders):
    """The files of the checkout below these folders, as a wheel names them."""
    found = [path for folder in folders for path in (ROOT / folder).rglob("*") if path.is_file()]
    return {path.relative_to(ROOT).as_posix().partition("/")[2] for path in found}


def test_the_wheel_has_the_built_files_and_the_templates(tmp_path):
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", tmp_path, ROOT]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    with zipfile.ZipFile(next(tmp_path.glob("academy_kit-*.whl"))) as wheel:
        names = set(wheel.namelist())
        built = json.loads(wheel.read("academy_widgets/static/manifest.json"))
    assert {"page.js", "page.css", "form.js", "form.css", "wait.js"} <= set(built)
    files = {f"academy_widgets/static/{file}" for file in built.values()}
    assert files <= names
    assert {f"{file}.br" for file in files} <= names
    assert names_below("widgets/academy_widgets/voila", "app/academy_app/server/templates") <= names
    template = names_below("app/academy_app/course_template")
    assert "academy_app/course_template/course.yaml" in template
    assert template <= names
    assert "academy/locale/ar/LC_MESSAGES/academy.mo" in names
    assert "academy/_content/notebooks/home.ipynb" in names
    assert {f"academy/_content/{name}" for name in names_below("docs/schemas")} <= names
    assert "academy/documents/keys.yaml" in names
    assert not [name for name in names if "node_modules" in name or name.startswith("tests/")]
