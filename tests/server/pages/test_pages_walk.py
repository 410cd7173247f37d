"""The server's own pages and their heads, walked from the door to the way out: each says what it said."""

import pytest

from tests.support.walk import Walk, parts_of

TOKEN = r"2\|[^\"]+|[0-9a-f]{32}|[A-Za-z0-9_-]{22}|[A-Za-z0-9_=-]{40,}(\|[^\"]*)?"
CODE = r"[A-Z0-9]{4}[ -]?[A-Z0-9]{4}([ -]?[A-Z0-9]{4})*"
CHANCE = (
    rf'(?<=value=")({TOKEN}|{CODE})(?=")|(?<=")({CODE})(?=")|(?<=/join/)[\w-]+|(?<=/j/)[\w-]+'
    r"|(?<=/live/)[A-Z0-9]{6}|127\.0\.0\.1:[0-9]+|localhost:[0-9]+|(?<=sha256-)[\w+/=]+"
    r"|(?<==)\"?2\|[^;]*|(?<=expires=)[^;]*|(?<=-)[0-9a-f]{8}(?==)"
)
"""Codes, tokens, ports, hashes and times are others each time."""
UNSTEADY = {"date", "content-length", "etag", "transfer-encoding", "connection"}


class Answers(Walk):
    """Notes down answers of a server: their heads, and what stands on the page."""

    def hear(self, name, answer):
        heads = sorted(f"{key}: {value}" for key, value in answer.headers.multi_items())
        heads = [head for head in heads if head.partition(":")[0] not in UNSTEADY]
        html = "html" in answer.headers.get("content-type", "") and answer.text.partition("<body")[2]
        body = parts_of(f"<body{html}", "body") if html else []
        self.note(name, [f"{answer.status_code} {answer.reason_phrase}", *heads, *body])


@pytest.fixture
def walk():
    return Answers(None, "body", CHANCE)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_way_in_and_out_says_what_it_said(server, visit, walk, as_drawn, language):
    nobody = visit(headers={"Accept-Language": language})
    server.people.close_join()
    walk.hear("the courses", nobody.get("/"))
    walk.hear("the course", nobody.get(""))
    walk.hear("the first page", nobody.get("voila/render/home.ipynb"))
    walk.hear("the door", nobody.get("login?next=/voila/render/home.ipynb"))
    walk.hear("no code", nobody.form("login", code=" "))
    walk.hear("a wrong code", nobody.form("login", code="WRONG-CODE-HERE"))
    walk.hear("a form that is not ours", nobody.post("login", data={"code": "x"}))
    server.people.close_join()
    walk.hear("nobody may join", nobody.get("join/XXXX-YYYY"))
    join = server.people.open_join()
    walk.hear("join", nobody.get(f"join/{join}"))
    walk.hear("without a name", nobody.form(f"join/{join}", name="."))
    walk.hear("joined", nobody.form(f"join/{join}", name=f"Zahra {language}"))
    walk.hear("signed in already", nobody.get("login"))
    server.people.close_join()
    walk.hear("signed out", nobody.form("logout"))
    link = server.people.add(f"Yara {language}")
    walk.hear("a link", nobody.get(f"j/{link.link_token}"))
    walk.hear("a link that nobody has", nobody.get("j/AAAAAAAAAAAAAAAAAAAAAAAA"))
    server.people.revoke(link.person.id)
    walk.hear("a link that was taken back", nobody.get(f"j/{link.link_token}"))
    assert walk.is_as_read(f"pages/door.{language}", as_drawn)


def test_pages_for_who_is_signed_in_say_what_they_said(server, visit, walk, as_drawn):
    amina = visit("Hadiya")
    server.people.close_join()
    walk.hear("my courses", amina.get("/"))
    for address in (
        "",
        "nowhere",
        "answers",
        "answers/context-map",
        "paper",
        "passport",
        "passport/file.pdf",
        "live",
        "live/WRONG1",
        "voila/render/facilitator/cohort.ipynb",
        "voila/render/nothing.ipynb",
        "healthz",
        "assets/page-1A2B.js",
        "assets/nothing.js",
    ):
        walk.hear(f"/{address}", amina.get(address))
    assert walk.is_as_read("pages/participant", as_drawn)


def test_pages_for_facilitators_say_what_they_said(server, visit, walk, as_drawn):
    desk = visit("Nadia", role="facilitator")
    for address in ("passport", "live", "present/nothing", "voila/render/nothing.ipynb"):
        walk.hear(f"/{address}", desk.get(address))
    assert walk.is_as_read("pages/facilitator", as_drawn)
