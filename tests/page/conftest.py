"""A stock Voilà with the light page, and browser pages of a small phone."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from voila_app import VoilaApp, install_template

from tests.support.line import Line

PHONE = {"width": 360, "height": 740}

COUNTER = """
export default {
  initialize({ model }) { model.set("greeting", "ready"); },
  render({ model, el }) {
    const button = document.createElement("button");
    const show = () => { button.textContent = `${model.get("label")}: ${model.get("count")}`; };
    button.addEventListener("click", () => { model.set("count", model.get("count") + 1); model.save_changes(); });
    model.on("change:count", show);
    show();
    el.append(button);
    return () => { document.title = `${model.get("label")} is gone`; };
  },
};
"""


@pytest.fixture(scope="session")
def share(tmp_path_factory):
    """A folder with our template where Voilà looks for templates, and the assets' addresses."""
    folder = tmp_path_factory.mktemp("share")
    assets = install_template(folder)
    static = folder / "voila" / "templates" / "academy" / "static"
    (static / "counter.js").write_text(COUNTER)
    (static / "counter.css").write_text("button { text-decoration: underline }")
    for name in ("counter.js", "counter.css"):
        assets[name] = f"/voila/templates/academy/static/{name}"
    return folder, assets


def context(assets, **more):
    return {
        "lang": "en",
        "dir": "ltr",
        "course_title": "Innovative workers' education",
        "person": {"name": "Amina", "role": "participant"},
        "base_url": "/",
        "assets": assets,
        "home_url": "/",
        "logout_url": "/logout",
        "language_url": "/language",
        "languages": [
            {"code": "en", "name": "English", "dir": "ltr", "current": True},
            {"code": "ar", "name": "العربية", "dir": "rtl", "current": False},
        ],
        "xsrf": "",
        **more,
    }


@pytest.fixture(scope="session")
def make_app(share, tmp_path_factory):
    """Start a Voilà whose pages know the given context."""
    folder, assets = share
    started = []

    def make(**more):
        app = VoilaApp(tmp_path_factory.mktemp("notebooks"), folder, context(assets, **more))
        app.start()
        started.append(app)
        return app

    yield make
    for app in started:
        app.stop()


@pytest.fixture(scope="session")
def app(make_app):
    """The Voilà that most tests share."""
    return make_app()


@pytest.fixture
def line(app):
    """A line to the shared Voilà that can be cut."""
    line = Line(app.port)
    yield line
    line.close()


@pytest.fixture
def page(chromium):
    """A page of a small phone; anything it complains about is in `page.complaints`."""
    context = chromium.new_context(viewport=PHONE)
    context.set_default_timeout(120_000)
    page = context.new_page()
    page.complaints = []
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.on("console", lambda message: message.type == "error" and page.complaints.append(message.text))
    yield page
    context.close()
