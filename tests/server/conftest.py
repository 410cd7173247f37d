"""A real server over small pages of its own."""

import shutil
from pathlib import Path

import nbformat
import pytest

from tests.support.courses import copy_course
from tests.support.server import AcademyServer
from tests.support.visitor import Visitor

TEMPLATE = """\
{%- extends 'nbconvert/templates/base/display_priority.j2' -%}
{%- block header -%}
<!doctype html><html lang="{{ academy.lang }}" dir="{{ academy.dir }}"><title>{{ academy.title }}</title>
<p id="who">{{ resources.academy.person.name }}</p>
<script type="application/json" id="known">{{ academy | tojson }}</script>
{%- endblock header -%}
{%- block body -%}
{%- with kernel_id = kernel_start(nb) -%}
<script type="application/json" id="kernel">{{ kernel_id | tojson }}</script>
{%- for cell in cell_generator(nb, kernel_id) -%}
{%- set cellloop = loop -%}
{%- block any_cell scoped -%}
{%- if cell.cell_type == 'markdown' -%}{{ cell.source | markdown2html }}{%- endif -%}
{%- for output in cell.outputs -%}
<pre class="{{ output.output_type }}">{{ (output.text or output.evalue or output.data['text/plain']) | e }}</pre>
{%- endfor -%}
{%- endblock any_cell -%}
{%- endfor -%}
{%- endwith -%}
{%- endblock body -%}
{%- block footer -%}{%- endblock footer -%}
"""
PAGES = {
    "home": "print('at home')",
    "week-1-transformation": "print('in the first week')",
    "facilitator/our-notes": "print('for ourselves')",
    "environment": "import os, json; print(json.dumps(dict(os.environ)))",
    "failing": "secret = 'a-secret-in-the-code'; raise RuntimeError(secret + ' in the error')",
    "noisy": "import sys; print('heard', file=sys.stderr); print('said')",
    "wide": "import ipywidgets; wide = ipywidgets.HTML('x' * 500_000)",
    "dying": "import os; os._exit(1)",
    "slow": "import asyncio; await asyncio.sleep(600)",
    "facilitator/cohort": "print('for facilitators')",
    "worded": "print('in English')",
    "worded.ar": "print('in Arabic')",
    ".ipynb_checkpoints/home-checkpoint": "print('old')",
}


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of small pages, with things beside it that must not be served."""
    root = tmp_path_factory.mktemp("kit")
    for name, code in PAGES.items():
        path = root / "notebooks" / f"{name}.ipynb"
        path.parent.mkdir(parents=True, exist_ok=True)
        nbformat.write(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code)]), path)
    (root / "notebooks" / "broken.ipynb").write_text("{not a notebook", "utf-8")
    (root / "notebooks" / "notes.txt").write_text("not a page", "utf-8")
    shutil.copy(root / "notebooks" / "home.ipynb", root / "outside.ipynb")
    (root / "notebooks" / "linked.ipynb").symlink_to(root / "outside.ipynb")
    (root / "template").mkdir()
    (root / "template" / "index.html.j2").write_text(TEMPLATE, "utf-8")
    (root / "assets").mkdir()
    (root / "assets" / "page-1A2B.js").write_text("export const page = 'a page';\n" * 100, "utf-8")
    (root / "assets" / "page-1A2B.js.map").write_text("{}", "utf-8")
    (root / "assets" / "manifest.json").write_text(
        '{"page.js": "page-1A2B.js", "out.js": "../out.js"}', "utf-8"
    )
    return root


@pytest.fixture(scope="session")
def start(pages: Path, tmp_path_factory: pytest.TempPathFactory):
    """Start servers; each is stopped at the end at the latest.

    Unless they are of the whole flagship they have one exercise of it, and little to make ready for their kernels.
    """
    started = []
    small = copy_course(tmp_path_factory.mktemp("courses")).parent

    def run(environment=None, flagship=False, **options):
        folder = tmp_path_factory.mktemp("data") / "academy-data"
        environment = {"A_SECRET": "of-the-server"} | (environment or {})
        if not flagship:
            environment["ACADEMY_EXERCISES"] = str(small)
        named = {"notebooks": "notebooks", "template": "template", "assets": "assets"}
        options = {name: str(pages / part) for name, part in named.items()} | {"ip": "127.0.0.1"} | options
        started.append(AcademyServer(folder, **options).start(**environment))
        return started[-1]

    yield run
    for server in started:
        server.close()


@pytest.fixture(scope="session")
def academy_server(start) -> AcademyServer:
    """One server for the tests that need nothing special, behind a proxy that says who asks and how."""
    return start(flagship=True, trust_proxy=True)


@pytest.fixture
def server(academy_server: AcademyServer) -> AcademyServer:
    """The server of the test; a module may have `academy_server` of its own."""
    return academy_server


@pytest.fixture
def visit(server: AcademyServer):
    """Visitors: `visit()` is nobody, `visit("Amina")` a new participant who has signed in, whose id is `.person`."""
    opened = []

    def come(name=None, role="participant", **settings):
        visitor = Visitor(server.url, **settings)
        opened.append(visitor)
        if name:
            added = server.people.add(name, role=role)
            visitor.sign_in(added.code)
            visitor.person = added.person.id
        return visitor

    yield come
    for visitor in opened:
        visitor.close()
