"""Opening pages."""

import base64
import hashlib
import json
import re

import pytest

from academy.course import load_course
from academy_app.server.kernels.environment import PASSED
from academy_app.server.texts import page_texts
from tests.support.patience import SECONDS, until

COURSE = "innovative-workers-education"


def said(page):
    return re.findall(r'<pre class="stream">([^<]*)', page.text)


def test_a_participant_opens_a_page(visit):
    page = visit("Amina").get("voila/render/home.ipynb")
    assert said(page) == ["at home\n"]
    assert "print(" not in page.text


def test_a_page_is_shown_in_the_persons_language(server, visit):
    arabic = visit().sign_in(server.people.add("Amina", language="ar").code)
    assert said(arabic.get("voila/render/worded.ipynb")) == ["in Arabic\n"]
    assert said(visit("Fatou").get("voila/render/worded.ipynb")) == ["in English\n"]


def test_a_page_is_given_who_reads_it_where_it_stands_and_in_which_languages_there_is(visit):
    base = f"/c/{COURSE}/"
    page = visit("Rosalba").get("voila/render/home.ipynb")
    course = load_course(COURSE)
    known = json.loads(page.text.partition('id="known">')[2].partition("</script>")[0])
    assert known.pop("xsrf")
    assert known.pop("assets") == {"page.js": "/assets/page-1A2B.js"}
    assert known.pop("texts") == page_texts("en")
    assert isinstance(known.pop("too_old"), list)
    english = {"code": "en", "name": "English", "current": True, "dir": "ltr"}
    arabic = {"code": "ar", "name": "العربية", "current": False, "dir": "rtl"}
    assert known == {
        "lang": "en",
        "dir": "ltr",
        "said": "",
        "title": course.title,
        "course_title": course.title,
        "person": {"name": "Rosalba", "role": "participant"},
        "base_url": base,
        "languages": [english, arabic],
        "here": f"{base}voila/render/home.ipynb",
        "full_url": f"{base}voila/full/home.ipynb",
        "home_url": f"{base}voila/render/home.ipynb",
        "logout_url": f"{base}logout",
        "language_url": f"{base}language",
        "host": page.url.netloc.decode(),
    }


def test_a_page_is_called_by_its_module_or_by_the_name_of_its_file(visit):
    def called(page):
        return re.findall("<title>([^<]*)</title>", page.text)

    mona = visit("Mona", role="facilitator")
    week = load_course(COURSE).modules[1]
    assert called(mona.get(f"voila/render/{week.page}.ipynb")) == [week.title]
    assert called(mona.get("voila/render/facilitator/our-notes.ipynb")) == ["Our notes"]


@pytest.mark.parametrize(
    "path",
    [
        "facilitator/cohort.ipynb",
        "facilitator%2fcohort.ipynb",
        "%66acilitator/cohort.ipynb",
    ],
)
def test_pages_for_facilitators_are_closed_to_others_in_plain_words(visit, path):
    for role in ("participant", "mentor"):
        refused = visit("Amina", role=role).get(f"voila/render/{path}")
        assert refused.status_code == 403
        assert "This page is for facilitators" in refused.text
    assert said(visit("Mona", role="facilitator").get(f"voila/render/{path}")) == ["for facilitators\n"]
    assert visit().get(f"voila/render/{path}").headers["location"].startswith("/login")


@pytest.mark.parametrize(
    "path",
    [
        "../outside.ipynb",
        "..%2foutside.ipynb",
        "%2e%2e/outside.ipynb",
        "%2e%2e%2foutside.ipynb",
        "..%5coutside.ipynb",
        "Facilitator/cohort.ipynb",
        "FACILITATOR/cohort.ipynb",
        "facilitator/./cohort.ipynb",
        "home/../facilitator/cohort.ipynb",
        "facilitator//cohort.ipynb",
        "%2ffacilitator/cohort.ipynb",
        ".ipynb_checkpoints/home-checkpoint.ipynb",
        "home.ipynb%00",
        "linked.ipynb",
        "notes.txt",
        "%ff%fe.ipynb",
        "facilitator",
        "a" * 3000,
    ],
)
def test_no_spelling_of_a_path_leads_anywhere_else(server, path):
    import socket

    host, port = server.url.split("/")[2].split(":")
    from tests.support.visitor import Visitor

    with Visitor(server.url) as visitor:
        visitor.sign_in(server.people.add("Amina").code)
        cookies = "; ".join(f"{name}={value}" for name, value in visitor.cookies.items())
    base = f"/c/{server.edition}/"

    def ask(address):
        request = f"GET {address} HTTP/1.1\r\nHost: {host}\r\nCookie: {cookies}\r\nConnection: close\r\n\r\n"
        with socket.create_connection((host, int(port)), timeout=SECONDS) as line:
            line.sendall(request.encode())
            return line.makefile("rb").read()

    answer = ask(f"{base}voila/render/{path}")
    assert answer.split()[1] in (b"404", b"400"), answer[:200]
    assert b"for facilitators\n" not in answer
    before = ask(f"/voila/render/{path}")  # an address without edition leads there at most, spelt as it is
    if before.split()[1] == b"302":
        assert f"\r\nLocation: {base}voila/render/{path}\r\n".encode() in before
    else:
        assert before.split()[1] in (b"404", b"400"), before[:200]
    assert b"for facilitators\n" not in before


def test_a_kernel_knows_its_person_and_none_of_the_servers_secrets(server, visit):
    new = server.people.add("Amina")
    page = (
        visit(headers={"X-Kit-User": "f-000000", "ACADEMY_PERSON": "f-000000"})
        .sign_in(new.code)
        .get("voila/render/environment.ipynb?ACADEMY_PERSON=f-000000")
    )
    environment = json.loads(said(page)[0].replace("&#34;", '"'))
    assert environment["ACADEMY_PERSON"] == new.person.id
    assert environment["ACADEMY_EDITION"] == server.edition
    assert environment["ACADEMY_DATA"] == str(server.data.path)
    assert environment["ACADEMY_PAGE"] == "light"
    for folder in ("HOME", "IPYTHONDIR", "JUPYTER_RUNTIME_DIR", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR"):
        assert environment[folder].startswith(str(server.data.runtime))
    assert environment["ACADEMY_BASE"] == f"/c/{server.edition}/"
    assert environment["ACADEMY_COURSES"] == COURSE
    ours = {f"ACADEMY_{name}" for name in ("PERSON", "EDITION", "COURSES", "DATA", "PAGE", "BASE")}
    ours |= {"PATH", "HOME", "IPYTHONDIR"}
    jupyters = {
        "JUPYTER_RUNTIME_DIR",
        "JUPYTER_CONFIG_DIR",
        "JUPYTER_DATA_DIR",
        "JPY_PARENT_PID",
        "VOILA_KERNEL_ID",
    }
    pythons = {"PYTHONNOUSERSITE", "PYDEVD_USE_FRAME_EVAL", "MPLBACKEND", "TERM", "PAGER", "GIT_PAGER"}
    colours = {"CLICOLOR", "CLICOLOR_FORCE", "FORCE_COLOR"}
    assert set(environment) <= ours | jupyters | pythons | colours | set(PASSED)
    assert "of-the-server" not in page.text


def test_two_people_at_once_each_get_their_own_kernel(server, visit):
    from concurrent.futures import ThreadPoolExecutor

    people = [server.people.add(f"Person {number}") for number in range(4)]
    visitors = [visit().sign_in(new.code) for new in people]
    with ThreadPoolExecutor(4) as pool:
        pages = list(pool.map(lambda visitor: visitor.get("voila/render/environment.ipynb"), visitors))
    for new, page in zip(people, pages, strict=True):
        assert f"ACADEMY_PERSON&#34;: &#34;{new.person.id}" in page.text


def test_a_cell_that_fails_shows_a_sentence_and_nothing_of_the_error(visit):
    page = visit("Amina").get("voila/render/failing.ipynb")
    assert page.status_code == 200
    assert "Something went wrong in this part" in page.text
    for hidden in ("a-secret-in-the-code", "RuntimeError", "Traceback", "show_tracebacks"):
        assert hidden not in page.text


def test_what_a_cell_writes_to_stderr_is_not_shown(visit):
    page = visit("Amina").get("voila/render/noisy.ipynb")
    assert said(page) == ["said\n"]
    assert "heard" not in page.text


def test_a_kernel_that_dies_while_the_page_starts_ends_the_page_with_a_sentence(server, visit):
    page = visit("Amina").get("voila/render/dying.ipynb")
    assert "This page could not start" in page.text or "Something went wrong in this part" in page.text


def test_a_page_that_cannot_be_read_says_so_without_a_traceback(visit):
    page = visit("Amina").get("voila/render/broken.ipynb")
    assert page.status_code in (500, 503)
    assert "Traceback" not in page.text
    assert "NotJSONError" not in page.text
    assert "/notebooks/" not in page.text


def test_prefetching_starts_no_kernel(server, visit):
    visitor = visit("Amina")
    before = {process.pid for process in server.kernels()}
    assert visitor.get("voila/render/home.ipynb", headers={"Sec-Purpose": "prefetch"}).status_code == 503
    assert {process.pid for process in server.kernels()} <= before


def test_nothing_in_a_request_chooses_template_or_theme(visit):
    visitor = visit("Amina")
    for query in ("?template=lab", "?theme=dark", "?voila-template=reveal"):
        assert '<p id="who">' in visitor.get(f"voila/render/home.ipynb{query}").text


def policy(answer):
    return dict(part.split(" ", 1) for part in answer.headers["content-security-policy"].split("; "))


def test_pages_protect_themselves(visit):
    for visitor, address in (
        (visit(), "login"),
        (visit("Amina"), "voila/render/home.ipynb"),
        (visit(), "nowhere"),
    ):
        answer = visitor.get(address)
        rules, headers = policy(answer), answer.headers
        assert rules["default-src"] == "'self'"
        assert rules["frame-ancestors"] == "'self'"
        assert rules["object-src"] == rules["base-uri"] == "'none'"
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"
        assert headers["cache-control"] == "no-store"
        assert "server" not in headers
        assert "access-control-allow-origin" not in headers


def test_no_page_may_contain_a_script_or_a_style_that_is_not_known(server, visit):
    join = server.people.open_join()[-9:]
    for address in ("login", f"join/{join}", "nowhere"):
        answer = visit().get(address)
        rules = policy(answer)
        assert rules["script-src"] == "'self'"
        assert "unsafe" not in answer.headers["content-security-policy"]
        assert "<script" not in answer.text
        assert 'style="' not in answer.text
        styles = re.findall(r"<style>(.*?)</style>", answer.text, re.DOTALL)
        hashes = [base64.b64encode(hashlib.sha256(style.encode()).digest()).decode() for style in styles]
        assert styles
        assert rules["style-src"] == " ".join(["'self'", *(f"'sha256-{value}'" for value in hashes)])
    course = policy(visit("Amina").get("voila/render/home.ipynb"))
    assert course["script-src"] == "'self' blob:"
    assert course["style-src"] == "'self'"


def test_no_link_or_code_reaches_the_log(server, visit):
    new, code = server.people.add("Amina"), server.people.open_join()
    visit().form(f"j/{new.link_token}")
    visit().get(f"join/{code}")
    visit().get(f"j/{new.link_token}?again={new.link_token}")
    visit().get(f"/join/{code}")
    visit().get(f"/j/{new.link_token}")
    said = [f"GET {form}/{way}/…" for form in ("", f"/c/{server.edition}") for way in ("j", "join")]
    assert until(lambda: all(each in server.log.read_text("utf-8") for each in said))  # after the answer
    text = server.log.read_text("utf-8")
    assert new.link_token not in text
    assert code not in text
