"""The live room over HTTP: who may do what, with and without script, and how little it weighs."""

import json
import re
import secrets
import socket
import zlib
from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import expect

from academy.course import load_course
from academy.live import Live
from academy_widgets.assets import STATIC
from tests.live.small import small_course
from tests.support.hostile import CORPUS, RAN, dangers
from tests.support.phone import Phone
from tests.support.server import AcademyServer
from tests.support.visitor import Visitor


@pytest.fixture(scope="module")
def academy_server(pages, tmp_path_factory):
    root = tmp_path_factory.mktemp("courses")
    folder = small_course(root)
    named = {"notebooks": "notebooks", "template": "template"}
    options = {name: str(pages / part) for name, part in named.items()}
    options |= {"ip": "127.0.0.1", "assets": str(STATIC), "trust_proxy": True}
    with AcademyServer(root / "academy-data", **options).start(
        ACADEMY_EXERCISES=str(folder.parent)
    ) as server:
        server.live = Live(server.store, load_course(folder), server.data.secret)
        yield server


@pytest.fixture
def desk(server, visit):
    """A facilitator, and a new room in which people are together."""
    visitor = visit("Desk", role="facilitator")
    visitor.room = server.live.start("webinar-1", by="f-desk", guests=True, anew=True)

    def press(do, **given):
        return send(visitor, f"live/{visitor.room.code}/control", {"do": do, **given})

    visitor.press = press
    return visitor


def send(visitor, address, document, **headers):
    return visitor.post(address, json=document, headers={"X-XSRFToken": visitor.xsrf(), **headers})


def answer(visitor, room, activity, value, **more):
    ballot = {"activity": activity, "id": secrets.token_hex(8), "value": value, **more}
    return send(visitor, f"live/{room.code}/answer", ballot)


def guest(visit, room, name="Guest"):
    visitor = visit()
    assert visitor.form(f"live/{room.code}", name=name).status_code == 303
    return visitor


# -- answering ------------------------------------------------------------------------------------------------------


def test_an_answer_is_received_and_counted(desk, visit):
    desk.press("open", activity="connected")
    amina = visit("Amina")
    said = answer(amina, desk.room, "connected", "phone").json()
    state = amina.get(f"live/{desk.room.code}/state").json()
    assert said["mine"] == "phone"
    assert state["rev"] >= said["rev"]
    assert (state["answered"], state["results"]["counts"]) == (1, {"phone": 1, "computer": 0})
    assert amina.get(f"live/{desk.room.code}/mine?activity=connected").json() == {"mine": "phone"}


def test_another_answer_is_refused_until_one_says_that_it_is_changed(desk, visit):
    desk.press("open", activity="connected")
    amina = visit("Amina")
    answer(amina, desk.room, "connected", "phone")
    refused = answer(amina, desk.room, "connected", "computer")
    assert (refused.status_code, refused.json()["mine"]) == (409, "phone")
    assert answer(amina, desk.room, "connected", "computer", change=True).json()["mine"] == "computer"


FORMS = {
    "connected": ({"v": "phone"}, "phone"),
    "used": ({"v": ["a", "c"]}, ["a", "c"]),
    "alive": ({"v": "4"}, 4),
    "drivers": ({"p-climate": "2", "p-platforms": "1", "p-ageing": "3"}, ["platforms", "climate", "ageing"]),
    "row": ({"v": "The cleaners"}, ["The cleaners"]),
    "word": ({"v": ["tired", ""]}, ["tired"]),
    "facts": ({"v": ["b"]}, ["b"]),
    "grid": (
        {f"{axis}-{thing}": "3" for axis in "xy" for thing in ("climate", "platforms", "ageing")},
        {"climate": [3, 3], "platforms": [3, 3], "ageing": [3, 3]},
    ),
    "letters": ({"c-political": "A mayor", "c-economic": ""}, {"political": "A mayor"}),
}


@pytest.mark.parametrize("activity", FORMS)
def test_every_kind_is_answered_by_a_plain_form_and_changed_by_it(desk, visit, activity):
    fields, value = FORMS[activity]
    desk.press("open", activity=activity)
    amina = guest(visit, desk.room, "Amina")
    sent = amina.form(f"live/{desk.room.code}", **fields)
    assert sent.status_code == 303
    page = amina.get(sent.headers["location"]).text
    assert "Received." in page
    assert amina.get(f"live/{desk.room.code}/mine?activity={activity}").json() == {"mine": value}
    change = re.search(r'data-change href="([^"]+)"', page)[1].replace("&amp;", "&")
    assert 'name="change" value="1"' in amina.get(change).text
    assert amina.form(change, **fields).status_code == 303


def test_what_was_typed_is_still_there_when_it_is_refused(desk, visit):
    desk.press("open", activity="row")
    amina = guest(visit, desk.room)
    refused = amina.form(f"live/{desk.room.code}", v="word " * 30)
    assert refused.status_code == 409
    assert "This is too long." in refused.text
    assert "word word" in refused.text
    desk.press("open", activity="drivers")
    twice = amina.form(f"live/{desk.room.code}", **{"p-climate": "1", "p-platforms": "1", "p-ageing": "3"})
    assert "a place of its own" in twice.text


def test_questions_are_asked_and_supported_without_script(desk, visit):
    desk.press("open", activity="asked")
    amina, bao = guest(visit, desk.room, "Amina"), guest(visit, desk.room, "Bao")
    amina.form(f"live/{desk.room.code}", v="Who pays?")
    page = bao.get(f"live/{desk.room.code}").text
    question = re.search(r'name="for" value="([^"]+)"', page)[1]
    assert "Amina" in page
    form = {"_xsrf": bao.xsrf(), "activity": "asked", "id": secrets.token_hex(8), "for": question}
    assert bao.post(f"live/{desk.room.code}/answer", data=form).status_code == 303
    (item,) = desk.room.state()["results"]["items"].values()
    assert (item["text"], item["n"]) == ("Who pays?", 2)


def test_what_people_write_is_never_markup(desk, visit):
    desk.press("open", activity="letters")
    for number, text in enumerate(CORPUS.values()):
        answer(guest(visit, desk.room, f"{number} {text}"), desk.room, "letters", {"political": text})
    for visitor in (guest(visit, desk.room, CORPUS["script"]), desk):
        page = BeautifulSoup(visitor.get(f"live/{desk.room.code}").text, "html.parser")
        (cards,) = page.select("[data-items=political]")
        assert len(cards.find_all("li")) == len(CORPUS)
        assert dangers(str(cards)) == []
        assert RAN not in str(page.find_all("script"))


# -- who may do what ------------------------------------------------------------------------------------------------


def test_nobody_answers_as_somebody_else(desk, visit):
    desk.press("open", activity="used")
    amina, bao = visit("Amina"), visit("Bao")
    answer(amina, desk.room, "used", ["a"])
    sent = {
        "activity": "used",
        "id": secrets.token_hex(8),
        "value": ["b"],
        "who": "p-x",
        "name": "Amina",
        "entered": "y",
    }
    answered = send(bao, f"live/{desk.room.code}/answer", sent, **{"X-User": "amina"})
    assert answered.json()["mine"] == ["b"]
    assert amina.get(f"live/{desk.room.code}/mine?activity=used").json() == {"mine": ["a"]}
    assert desk.room.state("used")["answered"] == 2


@pytest.mark.parametrize(
    "what", ["state", "mine?activity=used", "events", "desk", "results.csv", "results.json?full=1"]
)
def test_without_identity_there_is_nothing_to_read(desk, visit, what):
    refused = visit().get(f"live/{desk.room.code}/{what}")
    assert refused.status_code == 403
    assert "webinar" not in refused.text


def test_without_identity_nothing_is_taken(desk, visit):
    desk.press("open", activity="connected")
    nobody = visit()
    assert answer(nobody, desk.room, "connected", "phone").status_code == 403
    assert send(nobody, f"live/{desk.room.code}/control", {"do": "lock"}).status_code == 403
    assert send(nobody, "live/start", {"webinar": "webinar-1"}).status_code == 403
    assert nobody.get("live/now").status_code == 403
    assert desk.room.state()["answered"] == 0


@pytest.mark.parametrize("role", ["participant", "mentor", "guest"])
def test_only_facilitators_control_and_take_results_away(desk, visit, role):
    somebody = guest(visit, desk.room) if role == "guest" else visit("Somebody", role=role)
    desk.press("open", activity="connected")
    rev = desk.room.state()["rev"]
    assert send(somebody, f"live/{desk.room.code}/control", {"do": "lock"}).status_code == 403
    assert send(somebody, "live/start", {"webinar": "webinar-1", "anew": True}).status_code == 403
    for what in ("desk", "results.csv", "results.json"):
        assert somebody.get(f"live/{desk.room.code}/{what}").status_code == 403
    assert desk.room.state()["phase"] == "open"
    assert desk.room.state()["rev"] <= rev + 1  # a seat at the most


def test_what_changes_something_needs_the_word_of_the_page(desk, visit):
    desk.press("open", activity="connected")
    amina = visit("Amina")
    ballot = {"activity": "connected", "id": secrets.token_hex(8), "value": "phone"}
    assert amina.post(f"live/{desk.room.code}/answer", json=ballot).status_code == 403
    assert desk.post(f"live/{desk.room.code}/control", json={"do": "lock"}).status_code == 403
    assert desk.post("live/start", json={"webinar": "webinar-1"}).status_code == 403


def test_guests_come_in_only_where_the_facilitator_allows_it(desk, visit):
    desk.press("guests", on=False)
    nobody = visit()
    door = nobody.get(f"live/{desk.room.code}")
    assert door.headers["location"] == f"/login?next=/live/{desk.room.code}"
    forced = nobody.post(
        f"live/{desk.room.code}", data={"_xsrf": nobody.xsrf(), "name": "x", "once": "y" * 16}
    )
    assert "login" in forced.headers["location"]
    assert nobody.get(f"live/{desk.room.code}/state").status_code == 403


def test_the_cookie_of_a_guest_opens_one_room_and_can_not_be_made(desk, visit, server):
    amina = guest(visit, desk.room)
    assert amina.get(f"live/{desk.room.code}/state").status_code == 200
    other = server.live.start("webinar-1", by="f-desk", guests=True, anew=True)
    assert amina.get(f"live/{other.code}/state").status_code == 403
    (name,) = [name for name in amina.cookies if name.startswith("academy-guest-")]
    forger = visit(cookies={name: f"{desk.room.id}:g-000000000000:Amina"})
    assert forger.get(f"live/{desk.room.code}/state").status_code == 403


def test_a_form_that_is_sent_twice_makes_one_guest(desk, visit):
    visitor = visit()
    page = visitor.get(f"live/{desk.room.code}").text
    fields = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', page))
    with Visitor(str(visitor.base_url)) as other:
        for sender in (visitor, other):
            fields["_xsrf"] = sender.xsrf()
            sender.post(f"live/{desk.room.code}", data={**fields, "name": "Amina"})
    assert [person["name"] for person in desk.room.desk()["people"]] == ["Amina"]


def test_who_is_removed_is_out_on_every_way(desk, visit):
    desk.press("open", activity="connected")
    amina = visit("Amina")
    amina.get(f"live/{desk.room.code}")
    (person,) = desk.get(f"live/{desk.room.code}/desk").json()["people"]
    assert desk.press("remove", who=person["who"]).status_code == 200
    assert answer(amina, desk.room, "connected", "phone").status_code == 403
    for what in ("", "/state", "/events"):
        refused = amina.get(f"live/{desk.room.code}{what}")
        assert refused.status_code == 403
        assert "speak with your facilitator" in refused.text


def test_guessing_codes_has_to_wait(desk, visit):
    guesser = visit(headers={"X-Forwarded-For": "203.0.113.77"})
    answers = [guesser.get(f"live/{number:06}").status_code for number in range(40)]
    assert set(answers) == {404, 429}
    assert visit(headers={"X-Forwarded-For": "203.0.113.78"}).get(f"live/{desk.room.code}").status_code == 200


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{", b'"x"', b"[" * 10_000, b'{"activity": 3, "id": [], "value": {}}', b"\xff"]
)
def test_a_malformed_answer_is_refused_as_one(desk, visit, body):
    amina = visit("Amina")
    headers = {"X-XSRFToken": amina.xsrf(), "Content-Type": "application/json"}
    refused = amina.post(f"live/{desk.room.code}/answer", content=body, headers=headers)
    assert refused.status_code in (400, 409)
    assert refused.json()["error"].endswith(".")


def test_the_page_speaks_the_persons_language(desk, server, visit):
    desk.press("open", activity="connected")
    arabic = visit().sign_in(server.people.add("أمينة", language="ar").code)
    page = arabic.get(f"live/{desk.room.code}").text
    assert '<html lang="ar" dir="rtl">' in page
    assert "كيف أنتم هنا؟" in page
    for english in ("Send", "Anonymous", "have answered", "Session", "Show the page"):
        assert english not in page


def test_people_are_told_about_names_before_they_answer(desk, visit):
    amina = visit("Amina")
    desk.press("go", activity="connected")
    assert "nobody can see whose answer it is" in amina.get(f"live/{desk.room.code}").text
    desk.press("open", activity="used")
    assert "others see your name, Amina" in amina.get(f"live/{desk.room.code}").text


# -- the session ----------------------------------------------------------------------------------------------------


def test_a_facilitator_starts_a_webinar_and_everybody_finds_it(desk, visit):
    started = send(desk, "live/start", {"webinar": "webinar-1", "guests": True, "anew": True}).json()
    amina = visit("Amina")
    assert amina.get("live/now").json() == {"rooms": [{"webinar": "webinar-1", "code": started["code"]}]}
    at = amina.get("live/at/webinar-1").json()
    assert at == {"webinar": "webinar-1", "code": started["code"], "state": "live"}
    assert amina.get("live/at/webinar-9").status_code == 404
    assert send(desk, "live/start", {"webinar": "nothing"}).status_code == 409
    typed = amina.get(f"live?code={started['code'][:3].lower()}+{started['code'][3:]}")
    assert typed.headers["location"].lower() == f"/live/{started['code'].lower()}"


def test_a_board_stays_open_at_home_with_the_same_output(desk, visit):
    amina, bao = visit("Amina"), visit("Bao")
    desk.press("open", activity="drivers")
    answer(bao, desk.room, "drivers", ["climate", "platforms", "ageing"])
    desk.press("end")
    assert "answer in your own time" in amina.get(f"live/{desk.room.code}").text
    address = f"live/{desk.room.code}/state?activity=drivers"
    assert amina.get(address).json().get("results") is None
    assert answer(amina, desk.room, "drivers", ["platforms", "climate", "ageing"]).status_code == 200
    assert amina.get(address).json()["results"]["mean"] == {"climate": 1.5, "platforms": 1.5, "ageing": 3}
    assert "What the room says" in amina.get(f"live/{desk.room.code}?activity=drivers").text


def test_results_are_taken_away_without_small_counts_unless_asked_for(desk, visit):
    desk.press("open", activity="row")
    for number in range(2):
        answer(visit(f"Person {number}"), desk.room, "row", f"=cmd{number}")
    (first, _) = desk.get(f"live/{desk.room.code}/desk").json()["items"]
    desk.press("approve", item=first["id"])
    few = desk.get(f"live/{desk.room.code}/results.csv?activity=row").text
    assert "few" in few
    assert "cmd" not in few
    full = desk.get(f"live/{desk.room.code}/results.csv?activity=row&full=1")
    assert ",'=cmd0," in full.text
    assert full.headers["content-disposition"] == 'attachment; filename="webinar-1-row.csv"'
    document = desk.get(f"live/{desk.room.code}/results.json?full=1").json()
    assert {item["activity"] for item in document["activities"]} >= {"row", "connected", "drivers"}
    assert desk.get(f"live/{desk.room.code}/results.json?activity=nothing").status_code == 404


def test_who_answered_what_is_taken_away_only_where_people_were_told_so(desk, visit):
    for activity, value in (("used", ["a"]), ("connected", "phone")):
        desk.press("open", activity=activity)
        answer(visit("Dolores"), desk.room, activity, value)
    document = desk.get(f"live/{desk.room.code}/results.json?full=1").json()
    answers = {item["activity"]: item.get("answers") for item in document["activities"]}
    assert [(given["by"][:7], given["answer"]) for given in answers["used"]] == [("Dolores", ["a"])]
    assert answers["connected"] is None
    assert "Dolores" not in desk.get(f"live/{desk.room.code}/results.json").text


def test_nobody_answers_faster_than_hands_can(desk, visit):
    desk.press("open", activity="asked")
    amina = visit("Amina")
    word = {"X-XSRFToken": amina.xsrf()}
    sent = {"activity": "asked", "id": "one-and-the-same", "value": {"ask": "Who pays?"}}
    statuses = [
        amina.post(f"live/{desk.room.code}/answer", json=sent, headers=word).status_code for _ in range(25)
    ]
    assert statuses == [200] * 20 + [429] * 5
    assert answer(visit("Bao"), desk.room, "asked", {"ask": "Who else?"}).status_code == 200


def test_the_code_of_a_session_opens_it_on_the_sign_in_page_too(desk, visit):
    answered = visit().form("login", code=f"{desk.room.code[:3]}-{desk.room.code[3:]}")
    assert answered.headers["location"] == f"/live/{desk.room.code}"


# -- events ---------------------------------------------------------------------------------------------------------


class Events:
    """Events as they come over a socket."""

    def __init__(self, visitor, code, accepted="identity"):
        parts = urlsplit(str(visitor.base_url))
        self.socket = socket.create_connection((parts.hostname, parts.port), timeout=20)
        cookies = "; ".join(f"{name}={value}" for name, value in visitor.cookies.items())
        head = f"GET /live/{code}/events HTTP/1.1\r\nHost: {parts.netloc}\r\nCookie: {cookies}\r\n"
        self.socket.sendall(f"{head}Accept-Encoding: {accepted}\r\n\r\n".encode())
        self.stream = self.socket.makefile("rb")
        self.headers = b"".join(iter(self.stream.readline, b"\r\n"))
        self.unpack = zlib.decompressobj(31) if b"gzip" in self.headers else None
        self.text = ""
        self.bytes = 0

    def next(self):
        """Return the next event's data; None at the end."""
        while "\n\n" not in self.text:
            size = int(self.stream.readline() or b"0", 16)
            if not size:
                return None
            chunk = self.stream.read(size + 2)[:-2]
            self.bytes += size
            self.text += (self.unpack.decompress(chunk) if self.unpack else chunk).decode()
        event, _, self.text = self.text.partition("\n\n")
        data = [line[6:] for line in event.split("\n") if line.startswith("data: ")]
        return json.loads(data[0]) if data else self.next()

    def until(self, rev):
        """Apply deltas up to a revision and return the state."""
        state = self.next()["state"]
        while state["rev"] < rev:
            news = self.next()
            assert news["since"] == state["rev"]
            state = merge(state, news["patch"])
        return state


def merge(target, patch):
    kept = dict(target)
    for key, value in patch.items():
        if value is None:
            kept.pop(key, None)
        else:
            kept[key] = merge(kept.get(key) or {}, value) if isinstance(value, dict) else value
    return kept


@pytest.mark.parametrize("accepted", ["identity", "gzip"])
def test_events_bring_the_state_and_then_what_changes(desk, visit, accepted):
    desk.press("open", activity="connected")
    amina = visit("Amina")
    events = Events(amina, desk.room.code, accepted)
    rev = answer(amina, desk.room, "connected", "phone").json()["rev"]
    state = events.until(rev)
    assert state["results"]["counts"] == {"phone": 1, "computer": 0}
    rev = desk.press("lock").json()["rev"]
    news = events.next()
    assert (news["rev"], news["patch"]["phase"]) == (rev, "locked")


def test_what_another_process_changes_is_told_too(desk, visit):
    events = Events(visit("Amina"), desk.room.code)
    first = events.next()
    rev = desk.room.do("open", "f-desk", activity="connected")
    news = first
    while news["rev"] < rev:
        news = events.next()
    assert news["patch"]["activity"] == "connected"


def test_the_events_of_who_is_removed_end(desk, visit):
    amina = visit("Amina")
    events = Events(amina, desk.room.code)
    events.next()
    (person,) = desk.room.desk()["people"]
    desk.press("remove", who=person["who"])
    while events.next() is not None:
        pass


def test_a_long_poll_is_answered_as_soon_as_there_is_something_new(desk, visit):
    amina = visit("Amina")
    state = amina.get(f"live/{desk.room.code}/state").json()
    desk.press("open", activity="connected")
    newer = amina.get(f"live/{desk.room.code}/state?since={state['rev']}&wait=25").json()
    assert newer["rev"] > state["rev"]
    assert newer["activity"] == "connected"


def test_nobodys_own_answer_is_in_what_everybody_gets(desk, visit):
    desk.press("open", activity="asked")
    amina = visit("Amina")
    answer(amina, desk.room, "asked", {"ask": "Who pays?"})
    (person,) = [p for p in desk.room.desk()["people"] if p["name"].startswith("Amina")]
    text = visit("Bao").get(f"live/{desk.room.code}/state").text
    assert "Who pays?" in text
    assert person["who"] not in text
    assert "mine" not in text


def test_a_page_whose_events_do_not_get_through_keeps_up_and_keeps_its_answer(desk, server, chromium):
    phone = Phone(chromium)
    try:
        page = phone.page
        page.route("**/events", lambda route: route.abort())
        page.goto(f"{server.url}live/{desk.room.code}")
        page.locator("#name").fill("Amina")
        page.keyboard.press("Enter")
        expect(page.locator("#room h1")).to_have_text("The boards")
        desk.press("open", activity="word")
        word = page.locator("#answer input[type=text]").first
        expect(word).to_be_visible()
        phone.context.set_offline(True)
        word.fill("tired")
        page.keyboard.press("Enter")
        expect(page.locator("#line")).to_contain_text("kept on this device")
        assert desk.room.state()["answered"] == 0
        phone.context.set_offline(False)
        expect(page.locator(".mine li")).to_have_text("tired")
        assert desk.room.state()["answered"] == 1
        desk.press("open", activity="letters")
        expect(page.locator("#room")).to_have_attribute("data-activity", "letters")
        evil = "".join(CORPUS[name] for name in ("script", "handler", "drawing"))
        desk.press("enter", value={"political": evil}, id=secrets.token_hex(8))
        expect(page.locator("[data-items=political] li")).to_contain_text("<img src=x")
        assert page.evaluate(RAN) is None
        assert phone.faults == []
    finally:
        phone.close()


# -- weight ---------------------------------------------------------------------------------------------------------

BROWSER = (
    "User-Agent: Mozilla/5.0 (Linux; Android 13; Mobile) AppleWebKit/537.36 "
    "(KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36\r\n"
    "Accept-Language: en-GB,en;q=0.9\r\nAccept-Encoding: gzip, deflate, br\r\nSec-Fetch-Site: same-origin\r\n"
    "Sec-Fetch-Mode: cors\r\nSec-Fetch-Dest: empty\r\nCache-Control: no-cache\r\n"
)


def exchange(visitor, method, address, body="", more=""):
    """Send as a browser does; returns the bytes sent, the bytes that came, and the body."""
    parts = urlsplit(str(visitor.base_url))
    cookies = "; ".join(f"{name}={value}" for name, value in visitor.cookies.items())
    head = f"{method} /{address} HTTP/1.1\r\nHost: {parts.netloc}\r\n{BROWSER}{more}Cookie: {cookies}\r\nOrigin: http://{parts.netloc}\r\n"
    request = f"{head}Content-Length: {len(body)}\r\nConnection: close\r\n\r\n{body}".encode()
    with socket.create_connection((parts.hostname, parts.port), timeout=20) as line:
        line.sendall(request)
        got = b"".join(iter(lambda: line.recv(65536), b""))
    return len(request), len(got), got


def test_a_vote_weighs_two_kilobytes_both_ways_at_the_most(desk, visit):
    desk.press("open", activity="drivers")
    amina = guest(visit, desk.room, "Amina")
    page = amina.get(f"live/{desk.room.code}").text
    xsrf = re.search(r'name="_xsrf" value="([^"]+)"', page)[1].replace("|", "%7C")
    body = f"_xsrf={xsrf}&activity=drivers&id={secrets.token_hex(12)}&p-climate=1&p-platforms=2&p-ageing=3"
    referer = f"Referer: {amina.base_url}live/{desk.room.code}\r\n"
    more = f"Content-Type: application/x-www-form-urlencoded\r\nAccept: application/json\r\n{referer}"
    up, down, got = exchange(amina, "POST", f"live/{desk.room.code}/answer", body, more)
    assert b'"received"' in got
    assert up + down <= 2048, (up, down)


def test_the_first_load_is_small_and_takes_three_requests(desk, visit):
    for number in range(1, 8):
        desk.press("spot", title=f"Question {number}?", options=["Yes", "No"])
    desk.press("open", activity="drivers")
    amina = guest(visit, desk.room, "Amina")
    _, page, got = exchange(amina, "GET", f"live/{desk.room.code}")
    html = (
        zlib.decompress(got.partition(b"\r\n\r\n")[2].split(b"\r\n", 1)[1], 31, 1 << 16)
        if b"chunked" in got
        else zlib.decompress(got.partition(b"\r\n\r\n")[2], 31)
    )
    loaded = re.findall(r'(?:src|href)="([^"]+\.(?:js|css)[^"]*)"', html.decode())
    assert len(loaded) == 1  # the page, its script, and the events: three requests
    assert "<img" not in html.decode()
    _, script, _ = exchange(amina, "GET", loaded[0].lstrip("/"))
    events = Events(amina, desk.room.code, "gzip")
    events.next()
    assert page + script + len(events.headers) + events.bytes <= 25 * 1024


# -- pictures -------------------------------------------------------------------------------------------------------


def test_results_are_pictures_for_facilitators_alone(desk, visit):
    address = f"live/{desk.room.code}/results.{{}}?activity=drivers"
    drawn = desk.get(address.format("svg"))
    assert drawn.headers["content-type"].startswith("image/svg+xml")
    assert "<title>" in drawn.text
    assert desk.get(address.format("png")).content.startswith(b"\x89PNG")
    assert desk.get(f"live/{desk.room.code}/results.svg?activity=nothing").status_code == 404
    assert visit("Amina").get(address.format("svg")).status_code == 403
    assert visit().get(address.format("png")).status_code == 403
