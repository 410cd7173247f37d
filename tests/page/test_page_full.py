"""The full page: Voilà's own template for widgets that the light page does not know, under the same rules."""

import re
from urllib.parse import urlsplit

import nbformat
import pytest
from playwright.sync_api import expect
from voila_app import notebook

from academy_app.server.pages.full import FOLDERS
from tests.support.phone import Phone
from tests.support.server import AcademyServer
from tests.support.visitor import Visitor, run

SLIDER = """
import os
import ipywidgets as w
slider, said = w.IntSlider(description="Pay"), w.Label("nothing yet")
slider.observe(lambda change: said.set_trait("value", f"Python heard {change.new}"), "value")
w.VBox([slider, said, w.Label(f"for {os.environ['ACADEMY_PERSON']} on a {os.environ['ACADEMY_PAGE']} page")])
"""
LAB = {"voila": {"template": "lab"}}
VOILA_JS = "voila/static/voila.js"


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("kit")
    pages = folder / "notebooks"
    (pages / "facilitator").mkdir(parents=True)
    for name, cells, metadata in (
        ("home", ["md:# Home"], {}),
        ("slider", ["md:# Slider", SLIDER], {}),
        ("chosen", ["md:# Chosen", SLIDER, "raise ValueError('a secret of the server')"], LAB),
        ("form", ["md:# Form", "from academy_widgets import exercise; exercise('context-map')"], LAB),
        ("odd", ["md:# Odd"], {"voila": {"template": "../../etc"}}),
        ("facilitator/cohort", ["md:# Cohort"], LAB),
    ):
        nbformat.write(notebook(*cells, **metadata), pages / f"{name}.ipynb")
    with AcademyServer(folder / "data", notebooks=str(pages)) as server:
        yield server


@pytest.fixture
def hand(chromium, server):
    phone = Phone(chromium)
    phone.person = phone.sign_in(server, "Amina")
    yield phone
    phone.close()


def test_what_the_light_page_cannot_show_is_said_with_a_link_to_the_full_page(server, hand):
    hand.page.goto(f"{server.url}voila/render/slider.ipynb")
    link = hand.page.get_by_role("link", name="Open the full page")
    expect(hand.page.get_by_text("This part cannot be shown here.")).to_be_visible()
    expect(link).to_have_attribute("href", f"{urlsplit(server.url).path}voila/full/slider.ipynb")
    asked = []
    hand.page.on("request", lambda request: asked.append(request.url))
    link.click()
    expect(hand.page.get_by_text(f"for {hand.person} on a full page")).to_be_visible()
    hand.page.locator(".widget-slider [role=slider], .widget-slider .noUi-handle").first.press("ArrowRight")
    expect(hand.page.get_by_text("Python heard 1")).to_be_visible()
    assert all(address.startswith((server.root, "data:", "blob:")) for address in asked)


def test_a_notebooks_metadata_choose_the_full_page_and_a_failed_cell_tells_no_secret(server, hand):
    hand.page.goto(f"{server.url}voila/render/chosen.ipynb")
    assert hand.page.url == f"{server.url}voila/full/chosen.ipynb"
    expect(hand.page.get_by_text("Something went wrong in this part.")).to_be_visible()
    assert "a secret of the server" not in hand.page.content()


def test_our_form_works_on_the_full_page_too(server, hand):
    hand.page.goto(f"{server.url}voila/render/form.ipynb")
    hand.page.locator(".academy-form button.add").click()
    expect(hand.page.locator(".academy-form .status")).to_have_attribute("data-state", "saved")


def test_the_rules_are_those_of_the_light_page(server):
    with Visitor(server.url) as nobody, Visitor(server.url) as amina, Visitor(server.url) as fatou:
        assert nobody.get("voila/full/slider.ipynb").headers["location"].startswith("/login")
        amina.sign_in(server.people.add("Amina").code)
        fatou.sign_in(server.people.add("Fatou").code)
        assert amina.get("voila/full/facilitator/cohort.ipynb").status_code == 403
        assert amina.get("voila/full/..%2fslider.ipynb").status_code == 404
        assert amina.get("voila/render/odd.ipynb").status_code == 200
        page = amina.get("voila/full/slider.ipynb")
        rules = page.headers["content-security-policy"]
        assert "http" not in rules
        assert "fontawesome" not in page.text
        kernel = re.search(r'"kernelId": ?"([^"]+)"', page.text)[1]
        assert amina.get(f"api/kernels/{kernel}").status_code == 200
        assert fatou.get(f"api/kernels/{kernel}").status_code == 404
        assert nobody.get(f"api/kernels/{kernel}").status_code == 403
        with pytest.raises(Exception, match="404"):
            run(fatou.socket(kernel))


def test_the_files_of_the_full_page_are_those_alone_and_need_signing_in(server):
    with Visitor(server.url) as visitor:
        assert visitor.get(VOILA_JS).status_code == 404
        visitor.sign_in(server.people.add("Amina").code)
        found = visitor.get(VOILA_JS)
        assert found.status_code == 200
        assert found.headers["content-encoding"] == "gzip"
        assert found.headers["x-content-type-options"] == "nosniff"
        for folder in FOLDERS:
            for path in (
                "x.js",
                "../voila.js",
                "..%2f..%2fconf.json",
                "%2fetc%2fpasswd",
                ".%00",
                "..%5cx",
                "",
            ):
                answer = visitor.get(f"voila/{folder}/{path}")
                assert answer.status_code == 404, (folder, path)
                assert "Traceback" not in answer.text
