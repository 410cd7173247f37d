"""A facilitator's ordinary notebook on the course's own server, under its strict policy."""

import re

import nbformat
import pytest
from playwright.sync_api import expect
from voila_app import notebook

from tests.support.patience import until_on
from tests.support.server import AcademyServer
from tests.support.visitor import Visitor

ORDINARY = """
import anywidget, traitlets
import ipywidgets as w
from IPython.display import HTML, display

class Dial(anywidget.AnyWidget):
    _esm = '''
    export default { render({ model, el }) {
      const button = el.appendChild(document.createElement("button"));
      const show = () => { button.textContent = `${model.get("name")} ${model.get("turns")}`; };
      button.onclick = () => { model.set("turns", model.get("turns") + 1); model.save_changes(); };
      model.on("change:turns", show);
      show();
    } };
    '''
    _css = "button { text-decoration: underline }"
    name = traitlets.Unicode("dial").tag(sync=True)
    turns = traitlets.Int(0).tag(sync=True)

class Panel(anywidget.AnyWidget):
    _esm = '''
    export default { async render({ model, el, host, signal }) {
      const child = await host.getWidget(model.get("child"));
      const box = el.appendChild(document.createElement("div"));
      await child.render({ el: box, signal });
      const said = el.appendChild(document.createElement("p"));
      const bytes = ({ buffer, byteOffset, byteLength }) => [...new Uint8Array(buffer, byteOffset, byteLength)];
      said.textContent = `bytes ${bytes(model.get("data"))}`;
      model.on("msg:custom", (content, buffers) => { said.textContent += ` back ${bytes(buffers[0])}`; });
      model.send({ kind: "echo" }, null, [Uint8Array.of(7, 8, 9)]);
    } };
    ''' + "// long code is a file of its own\\n" * 100
    child = anywidget.WidgetTrait().tag(sync=True)
    data = traitlets.Bytes(bytes([1, 2, 255])).tag(sync=True)
    def __init__(self, **values):
        super().__init__(**values)
        self.on_msg(lambda _, content, buffers: self.send({}, [bytes(buffers[0])[::-1]]))

count, output = w.Button(description="Count"), w.Output()
box = w.HBox([count, w.HTML("<b style='color: rgb(200, 0, 0)'>Red</b>")])
def press(_):
    with output:
        print("counted")
        display(Dial(name="late"))
count.on_click(press)
display(w.VBox([box, output]), Panel(child=Dial()), HTML("<p id=made style='text-align: end'>made</p>"))
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("kit")
    pages = folder / "notebooks"
    pages.mkdir()
    write(pages, "home", "md:# Home")
    write(pages, "ordinary", "md:# Ordinary\n\n|a|b|\n|:-|-:|\n|1|2|", ORDINARY)
    with AcademyServer(folder / "data", notebooks=str(pages)) as server:
        server.pages = pages
        yield server


def write(pages, name, *cells, **metadata):
    nbformat.write(notebook(*cells, **metadata), pages / f"{name}.ipynb")


@pytest.fixture
def person(page, server):
    """The browser's person, signed in."""
    new = server.people.add("Amina")
    page.goto(f"{server.url}j/{new.link_token}")
    page.locator("form button").first.click()
    page.wait_for_url("**/home.ipynb")
    return new


def test_an_ordinary_notebook_works_under_the_policy(server, page, person):
    page.goto(f"{server.url}voila/render/ordinary.ipynb")
    expect(page.get_by_text("bytes 1,2,255 back 9,8,7")).to_be_visible()
    dial = page.get_by_role("button", name="dial 0")
    expect(dial).to_have_css("text-decoration-line", "underline")
    dial.click()
    expect(page.get_by_role("button", name="dial 1")).to_be_visible()
    page.get_by_role("button", name="Count").click()
    expect(page.locator(".output")).to_contain_text("counted")
    page.get_by_role("button", name="late 0").click()
    expect(page.get_by_role("button", name="late 1")).to_be_visible()
    expect(page.get_by_text("Red")).to_have_css("color", "rgb(200, 0, 0)")
    expect(page.locator("#made")).to_have_css("text-align", "end")
    assert page.complaints == []


def test_a_widgets_long_code_is_a_file_that_is_asked_for_once_and_only_by_its_person(server, page, person):
    asked = []
    page.on("response", lambda answer: "/widgets/" in answer.url and asked.append(answer))
    page.goto(f"{server.url}voila/render/ordinary.ipynb")
    expect(page.get_by_text("bytes 1,2,255")).to_be_visible()
    assert "long code is a file" not in page.content()
    page.reload()
    expect(page.get_by_text("bytes 1,2,255")).to_be_visible()
    assert len({answer.url for answer in asked}) == 1
    assert asked[0].headers["cache-control"] == "private, max-age=31536000, immutable"
    assert asked[0].headers["x-content-type-options"] == "nosniff"
    with Visitor(server.url) as nobody:
        assert nobody.get(asked[0].url).status_code == 404
        nobody.sign_in(server.people.add("Fatou").code)
        assert nobody.get(asked[0].url).status_code == 404
    with Visitor(server.url) as herself:
        herself.sign_in(person.code)
        assert "render" in herself.get(asked[0].url).text


def test_a_script_that_gets_into_a_page_does_not_run(server, page, person):
    page.goto(f"{server.url}voila/render/ordinary.ipynb")
    page.evaluate("""() => {
      const main = document.querySelector("main");
      main.insertAdjacentHTML("beforeend", "<img src=x onerror='window.ran = 1'>");
      main.insertAdjacentHTML("beforeend", "<a href='javascript:window.ran=1' id=go>go</a>");
      const script = document.createElement("script");
      script.textContent = "window.ran = 1";
      main.append(script);
    }""")
    page.locator("#go").click()
    until_on(page, "document.querySelector('img[src=x]').complete")
    assert page.evaluate("window.ran") is None
    assert len([said for said in page.complaints if re.search("Content Security Policy", said)]) >= 3
