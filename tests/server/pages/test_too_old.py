"""Browsers that are too old for a page are told so, by scripts that its policy knows."""

import base64
import hashlib
import json
import re

import jinja2
import pytest

from academy_app.server.pages.assets import Assets
from academy_app.server.policy import form_policy, page_policy
from academy_app.server.texts import page_texts
from academy_widgets.assets import STATIC

TEMPLATES = STATIC.parent / "voila/templates/academy"
SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)


@pytest.fixture
def scripts():
    return Assets(STATIC, "/").too_old()


def sources(policy):
    """What a policy lets run."""
    return re.search(r"script-src ([^;]+)", policy)[1].split()


def test_the_pages_policy_knows_the_two_scripts_and_no_other(scripts):
    hashes = [
        f"'sha256-{base64.b64encode(hashlib.sha256(one.encode()).digest()).decode()}'" for one in scripts
    ]
    assert len(hashes) == 2
    assert sources(page_policy("host", ("'self'",), scripts)) == ["'self'", "blob:", *hashes]
    assert sources(form_policy("host", ("'self'",), "", scripts)) == ["'self'", *hashes]
    assert sources(form_policy("host", ("'self'",), "<script>other()</script>")) == ["'self'"]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_page_has_the_sentence_in_its_language_hidden_until_a_browser_needs_it(scripts, language):
    environment = jinja2.Environment(loader=jinja2.FileSystemLoader(TEMPLATES), autoescape=True)
    shell = environment.get_template("shell.html.j2").module
    texts = page_texts(language)
    html = str(shell.too_old({"too_old": scripts}, texts))
    assert f'id="academy-old" role="alert" hidden>{texts["too_old"]}<' in html
    assert tuple(SCRIPT.findall(html)) == scripts
    assert str(shell.too_old({}, texts)) == ""


def test_without_built_files_there_is_nothing_to_say(tmp_path):
    assert Assets(tmp_path, "/").too_old() == ()
    (tmp_path / "manifest.json").write_text(json.dumps({"old.js": "old-1.js"}), "utf-8")
    assert Assets(tmp_path, "/").too_old() == ()
