"""Who may do what in a room."""

import re
import secrets

import pytest

from academy_app.server.signin.login_throttle import FREE
from academy_app.server.signin.newcomers import MOST_OF_A_BROWSER
from tests.server.live.rooms import answer, guest, send
from tests.support.visitor import Visitor


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
    assert door.headers["location"] == f"/c/small/login?next=/c/small/live/{desk.room.code}"
    forced = nobody.post(
        f"live/{desk.room.code}", data={"_xsrf": nobody.xsrf(), "name": "x", "once": "y" * 16}
    )
    assert "login" in forced.headers["location"]
    assert nobody.get(f"live/{desk.room.code}/state").status_code == 403


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("علی\u200cرضا", "علی\u200cرضا"),
        ("  Ana \u3164 B\u200b ", "Ana B"),
        ("", "Guest"),
        ("  ", "Guest"),
        ("\u3164", None),
        ("\u200b\u2800", None),
        ("\ufe0f\u00ad", None),
        (":;", None),
    ],
    ids=ascii,
)
def test_a_guests_name_keeps_its_joiners_and_shows_something(desk, visit, typed, kept):
    sent = visit().form(f"live/{desk.room.code}", name=typed)
    assert sent.status_code == (303 if kept else 409)
    assert [person["name"] for person in desk.room.presenter_view()["people"]] == ([kept] if kept else [])
    assert kept or "Nobody could read this name" in sent.text


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
    assert [person["name"] for person in desk.room.presenter_view()["people"]] == ["Amina"]


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


def test_a_guest_who_is_removed_does_not_come_back_by_the_same_form(desk, visit):
    visitor, address = visit(), f"live/{desk.room.code}"
    page = visitor.get(address).text
    fields = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', page))
    fields |= {"name": "Amina", "_xsrf": visitor.xsrf()}
    assert visitor.post(address, data=fields).status_code == 303
    (person,) = desk.get(f"{address}/desk").json()["people"]
    desk.press("remove", who=person["who"])
    for name in [name for name in visitor.cookies if name.startswith("academy-guest-")]:
        visitor.cookies.delete(name)
    refused = visitor.post(address, data=fields)
    assert (refused.status_code, "speak with your facilitator" in refused.text) == (403, True)


def test_of_an_activity_that_is_not_asked_there_is_no_page(desk, visit):
    amina = visit("Amina")
    assert amina.get(f"live/{desk.room.code}?activity=nothing").status_code == 404
    assert amina.get(f"live/{desk.room.code}?activity=connected").status_code == 200


def test_guessing_codes_has_to_wait(desk, visit):
    guesser = visit(headers={"X-Forwarded-For": "203.0.113.77"})
    guest_before = guest(lambda: visit(headers={"X-Forwarded-For": "203.0.113.77"}), desk.room)
    answers = [guesser.get(f"live/{number:06}").status_code for number in range(FREE + 5)]
    assert answers == [404] * FREE + [429] * 5
    assert (
        guesser.get(f"live/{desk.room.code}").status_code == 429
    )  # a right one is not told from a wrong one
    assert guest_before.get(f"live/{desk.room.code}/state").status_code == 200
    assert visit(headers={"X-Forwarded-For": "203.0.113.78"}).get(f"live/{desk.room.code}").status_code == 200


def test_the_link_of_a_room_opens_it_whatever_others_guess(desk, server, visit):
    hall = {"X-Forwarded-For": "203.0.113.79"}
    guesser = visit(headers=hall)
    for number in range(FREE):
        guesser.get(f"live/{number:06}")
    link = f"live/{desk.room.code}.{server.people.keys.live_token(desk.room.id, desk.room.code)}"
    newcomer = visit(headers=hall)
    assert newcomer.form(link, name="Amina").status_code == 303
    assert newcomer.get(f"live/{desk.room.code}/state").status_code == 200
    assert visit(headers=hall).get(link.upper().replace("LIVE", "live")).status_code == 200
    other = server.live.start("webinar-1", by="f-desk", guests=True, anew=True)
    for wrong in (
        f"live/{other.code}.{link.partition('.')[2]}",
        f"{link}x",
        f"live/{desk.room.code}.",
        "live/ABCDEF.x",
    ):
        assert visit(headers=hall).get(wrong).status_code in (404, 429)
    assert visit(headers=hall).get(f"live/ABCDEF.{'0' * 20}").status_code == 404


def test_the_picture_to_scan_holds_a_links_token_for_facilitators_alone(desk, visit):
    def modules(visitor, code):
        """How many modules a side has: what it holds decides that, not which signs."""
        return int(re.search(r'<svg [^>]*width="(\d+)"', visitor.get(f"present/qr/{code}.svg").text)[1])

    amina = visit("Amina")
    assert modules(desk, desk.room.code) > modules(amina, desk.room.code)
    assert modules(desk, "K7M3QX") == modules(amina, desk.room.code)  # of a room that is not there


def test_one_browser_does_not_become_a_crowd_of_guests(desk, server, visit):
    page, browser = f"live/{desk.room.code}", visit()
    browser.get(page)
    word = {"_xsrf": browser.xsrf()}
    codes = []
    for number in range(120):
        for name in [name for name in browser.cookies if name.startswith("academy-guest-")]:
            browser.cookies.delete(name)
        answered = browser.post(page, data=word | {"name": f"Guest {number}", "once": "x"})
        codes.append(answered.status_code)
    assert codes == [303] * MOST_OF_A_BROWSER + [429] * (120 - MOST_OF_A_BROWSER)
    assert 'value="Guest 119"' in answered.text
    assert desk.room.state()["people"] == MOST_OF_A_BROWSER


def test_without_cookies_nobody_becomes_a_guest(desk, visit):
    page, nobody = f"live/{desk.room.code}", visit()
    word = nobody.xsrf()
    for number in range(3):
        for name in [name for name in nobody.cookies if name.startswith("academy-device-")]:
            nobody.cookies.delete(name)
        asked = nobody.post(page, data={"_xsrf": word, "name": f"Guest {number}", "once": "y" * 16})
        assert asked.status_code == 400
    assert desk.room.state()["people"] == 0


@pytest.mark.parametrize(
    "body",
    [
        *(b"", b"[]", b"{", b'"x"', b"[" * 10_000, b'{"activity": 3, "id": [], "value": {}}', b"\xff"),
        b'{"activity": "driver-ranking", "id": "nested-id", "value": ' + b"[" * 900 + b"]" * 900 + b"}",
    ],
)
def test_a_malformed_answer_is_refused_as_one(desk, visit, body):
    amina = visit("Amina")
    headers = {"X-XSRFToken": amina.xsrf(), "Content-Type": "application/json"}
    refused = amina.post(f"live/{desk.room.code}/answer", content=body, headers=headers)
    assert refused.status_code in (400, 409)
    assert refused.json()["error"].endswith(".")


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"data": {"do": "lock"}}, 400),
        ({"json": ["lock"]}, 400),
        ({"json": {"do": "lock", "activity": "x" * 16 * 1024}}, 413),
        ({"json": {"do": "lockable"}}, 409),
    ],
)
def test_a_malformed_act_is_refused_in_a_sentence_for_scripts(desk, sent, status):
    desk.press("open", activity="connected")
    for what in ("control", "start"):
        address = f"live/{desk.room.code}/control" if what == "control" else "live/start"
        refused = desk.post(address, headers={"X-XSRFToken": desk.xsrf()}, **sent)
        assert refused.status_code == status
        assert refused.headers["content-security-policy"] == "default-src 'none'"
        assert refused.json()["error"].endswith(".")
    assert desk.room.state()["phase"] == "open"


def test_what_is_done_is_done_by_who_pressed_it_whatever_the_words_are(desk):
    pressed = desk.press("open", activity="connected", by="p-x", act="lock", self="x")
    assert pressed.status_code == 200
    assert pressed.json()["undo"]["act"] == "open"
    assert desk.room.state()["phase"] == "open"


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


def test_what_only_pages_need_is_said_with_pages_alone(desk, visit):
    amina = visit("Amina")
    of_pages = {"permissions-policy", "cross-origin-opener-policy", "referrer-policy"}
    assert of_pages <= set(amina.get(f"live/{desk.room.code}").headers)
    state = amina.get(f"live/{desk.room.code}/state").headers
    assert not of_pages & set(state)
    assert state["content-type"] == "application/json; charset=utf-8"
