"""Imports go down only: between the packages, between the rooms of each, and never in a circle."""

import ast
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = {
    "academy": ROOT / "academy",
    "academy_grading": ROOT / "grading" / "academy_grading",
    "academy_widgets": ROOT / "widgets" / "academy_widgets",
    "academy_app": ROOT / "app" / "academy_app",
}
"""From below to above."""
ROOMS = [
    "errors languages private_names words",
    "i18n",
    "html_language data content numbers",
    "status_file pictures",
    "course series",
    "documents store",
    "editions people",
    "work progress events messages",
    "deadlines",
    "calendar session peers live passport units browser",
    "offline desk",
    "exports demo",
]
MOST_MODULES = 20
ENTRANCE = "academy.__main__"
"""`python -m academy` is the command line, which lies above; nobody imports it."""
LATE = {
    "academy_app.cli": "a command loads what it needs when it is called: `academy --help` loads nothing",
    "academy_app.kernels.child": "a stock start of a kernel does not need the shared shell",
    "academy_app.server.serve": "Voilà takes seconds; before it is loaded it is said if the port is taken",
    "academy_app.server.files.passport": "PDF and DOCX take half a second, and few ask for them",
    "academy_grading": "pandas is loaded only for the table of the gradebook",
    "academy_widgets": "a page loads the widgets that it shows",
    "academy_widgets.facilitator.grade_page": "nbgrader takes a second, and participants never need it",
}
"""Modules whose own imports of ours may stand inside functions, and why."""


def modules():
    found = {}
    for name, folder in PACKAGES.items():
        for file in folder.rglob("*.py"):
            parts = [name, *file.relative_to(folder).with_suffix("").parts]
            found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = file
    return found


MODULES = modules()


def imports(module):
    """The modules of ours that a module imports, and whether inside a function. Imports for types alone are none."""
    found = set()

    def module_of(name):
        while name and name not in MODULES:
            name = name.rpartition(".")[0]
        return name

    def visit(node, late):
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.If) and "TYPE_CHECKING" in ast.dump(child.test):
                continue
            names = []
            if isinstance(child, ast.Import):
                names = [alias.name for alias in child.names]
            elif isinstance(child, ast.ImportFrom):
                assert not child.level, f"{module}: write imports out in full"
                names = [f"{child.module}.{alias.name}" for alias in child.names]
            found.update((ours, late) for name in names if (ours := module_of(name)) and ours != module)
            visit(child, late or isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda))

    visit(ast.parse(MODULES[module].read_bytes()), False)
    return found


@cache
def graph():
    """What each module of ours imports; read when a test asks for it, since each worker collects all tests."""
    return {module: imports(module) for module in MODULES if module != ENTRANCE}


def test_packages_import_only_what_is_below_them():
    order = list(PACKAGES)
    for module, found in graph().items():
        for other, _ in found:
            package, below = module.split(".")[0], other.split(".")[0]
            assert order.index(below) <= order.index(package), f"{module} imports {other}"


def test_rooms_of_the_engine_import_only_what_is_below_them():
    height = {room: level for level, rooms in enumerate(ROOMS) for room in rooms.split()}
    for module, found in graph().items():
        if not module.startswith("academy."):
            continue
        room = module.split(".")[1]
        assert room in height, f"say in ROOMS where {room} stands"
        for other, _ in found:
            below = other.split(".")[1] if "." in other else ""
            if below and below != room:
                assert height[below] < height[room], f"{module} imports {other}"


def test_no_module_imports_itself_by_way_of_others():
    done, on_the_way = set(), []

    def visit(module):
        assert module not in on_the_way, " → ".join([*on_the_way[on_the_way.index(module) :], module])
        if module in done:
            return
        on_the_way.append(module)
        for other, _ in sorted(graph().get(module, ())):
            visit(other)
        done.add(on_the_way.pop())

    for module in graph():
        visit(module)


def test_imports_inside_functions_are_for_the_time_it_takes_to_start_and_say_so():
    used = set()
    for module, found in graph().items():
        late = [other for other, inside in found if inside]
        reasons = [name for name in LATE if module == name or module.startswith(f"{name}.")]
        allowed = [name for name in reasons if name == module or name == "academy_app.cli"]
        assert not late or allowed, f"{module} imports {', '.join(late)} inside a function"
        used |= set(allowed) if late else set()
    assert used == LATE.keys()


@pytest.mark.parametrize(
    ("root", "ending"),
    [*((folder, "py") for folder in PACKAGES.values()), (PACKAGES["academy_widgets"] / "js", "js")],
)
def test_no_folder_is_too_full_to_look_through(root, ending):
    count = Counter(
        file.parent
        for file in root.rglob(f"*.{ending}")
        if file.name != "__init__.py" and "static" not in file.parts
    )
    for folder, many in count.items():
        assert many <= MOST_MODULES, f"{folder.relative_to(ROOT)} holds {many} modules"
