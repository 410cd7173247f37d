"""The one template that looks inside Voilà and nbclient, and what it does when they change."""

import functools
import inspect
from importlib.metadata import version

import jinja2
import pytest
from nbclient import NotebookClient
from voila.notebook_renderer import NotebookRenderer
from voila_app import TEMPLATE

SEEN = {"voila": ("0.5.11", "0.5.12", "0.5.13"), "nbclient": ("0.10", "0.11")}


@pytest.fixture
def internals():
    environment = jinja2.Environment(loader=jinja2.FileSystemLoader(TEMPLATE))
    return environment.get_template("internals.html.j2").module


@pytest.mark.parametrize("package", SEEN)
def test_the_internals_were_looked_at_in_the_installed_version(package):
    installed = version(package)
    assert installed.startswith(SEEN[package]), (
        f"{package} {installed} is new: see that the pages still embed their widgets' state "
        "(voila/templates/academy/internals.html.j2), then add the version here."
    )


def test_voila_still_hands_the_kernel_id_and_keeps_the_executor_where_we_look():
    source = inspect.getsource(NotebookRenderer)
    assert "partial(\n            self._jinja_kernel_start, kernel_id=kernel_id" in source
    assert "self.executor = " in source
    client = NotebookClient(nb=None)
    assert client.widget_state == {}
    assert client.widget_buffers == {}


class Renderer:
    """What Voilà's renderer is, as far as we look."""

    def __init__(self, **executor):
        self.executor = type("Executor", (), executor)()

    def start(self, nb, kernel_id, kernel_future):
        """Like `_jinja_kernel_start`."""


def test_state_and_buffers_are_embedded_as_json_that_cannot_end_its_script(internals):
    buffer = {"path": ["data"], "data": "AQI=", "encoding": "base64"}
    renderer = Renderer(
        widget_state={"m1": {"label": "</script>"}}, widget_buffers={"m1": {("data",): buffer}}
    )
    start = functools.partial(renderer.start, kernel_id="k-1", kernel_future=None)
    assert internals.starting_kernel(start) == "k-1"
    html = internals.widget_state(start)
    assert '{"m1": {"label": "\\u003c/script\\u003e"}}</script>' in html
    assert '[{"data": "AQI=", "model": "m1", "path": ["data"]}]</script>' in html
    assert html.count("</script>") == 2


@pytest.mark.parametrize(
    "changed",
    [
        lambda nb: None,
        functools.partial(lambda nb: None),
        functools.partial(Renderer().start, kernel_future=None),
        functools.partial(Renderer(widget_state=None, widget_buffers=[]).start, kernel_id=None),
        functools.partial(Renderer(widget_state={}).start, kernel_id=None),
    ],
)
def test_when_the_internals_have_changed_nothing_is_embedded_and_nothing_fails(internals, changed):
    assert internals.widget_state(changed).strip() == ""
    assert internals.starting_kernel(changed).strip() in ("", "None")
