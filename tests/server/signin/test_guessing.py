"""Guessing codes at a real server."""

import pytest

from academy_app.server.signin.login_throttle import FREE
from academy_app.server.signin.newcomers import AT_ONCE, MOST_OF_A_BROWSER


@pytest.fixture(scope="module")
def academy_server(start):
    return start(trust_proxy=True)


def guess(visitor, number):
    """Type a wrong code."""
    return visitor.post("login", data={"_xsrf": visitor.xsrf_word, "code": f"ZZZZ-Z{number:03}"})


def test_who_guesses_waits_and_everybody_else_does_not(server, visit):
    guesser = visit(headers={"X-Forwarded-For": "203.0.113.1"})
    guesser.xsrf_word = guesser.xsrf()
    for number in range(FREE):
        assert guess(guesser, number).status_code == 401
    refused = guesser.form("login", code=server.people.add("Amina").code)
    assert refused.status_code == 429
    assert 0 < int(refused.headers["retry-after"]) <= 60
    assert "Please try again in one minute" in refused.text
    server.people.open_join()
    assert (
        visit(headers={"X-Forwarded-For": "203.0.113.1"}).get(f"join/{server.people.join_code()}").status_code
        == 429
    )
    joined = visit(headers={"X-Forwarded-For": "203.0.113.1"})
    assert "Welcome, Bao" in joined.form(f"join/{server.people.join_token()}", name="Bao").text
    link = server.people.add("Fatou").link_token
    assert guesser.form(f"j/{link}").status_code == 302
    neighbour = visit(headers={"X-Forwarded-For": "203.0.113.2"})
    neighbour.sign_in(server.people.add("Neighbour").code)


def test_a_hall_behind_one_address_signs_in(server, visit):
    hall = {"X-Forwarded-For": "203.0.113.3"}
    for number in range(45):
        visit(headers=hall).sign_in(server.people.add(f"Person {number}").code)


def test_what_cannot_be_a_code_is_no_guess(server, visit):
    typo = visit(headers={"X-Forwarded-For": "203.0.113.4"})
    for _ in range(FREE + 5):
        assert typo.form("login", code="ABC").status_code == 401


def test_guessing_at_the_joining_page_counts_too(server, visit):
    guesser = visit(headers={"X-Forwarded-For": "203.0.113.5"})
    answers = [guesser.get(f"join/YYYY-Y{number:03}").status_code for number in range(FREE + 1)]
    assert answers == [404] * FREE + [429]


def test_a_visitor_cannot_choose_the_address_that_guesses_count_for(server, visit):
    guesser = visit()
    guesser.xsrf_word = guesser.xsrf()
    for number in range(FREE):
        guesser.headers.update({"X-Forwarded-For": "203.0.113.6", "X-Real-Ip": f"198.51.100.{number}"})
        guess(guesser, number)
    again = visit(headers={"X-Forwarded-For": "203.0.113.6", "X-Real-Ip": "198.51.100.99"})
    assert again.get("login").status_code == 429


def test_a_long_token_that_is_wrong_is_refused_and_costs_nobody_anything(server, visit):
    hall = {"X-Forwarded-For": "203.0.113.7"}
    server.people.open_join()
    stranger = visit(headers=hall)
    for number in range(FREE + 5):
        assert stranger.get(f"join/{number:026}").status_code == 404
    assert visit(headers=hall).get(f"join/{server.people.join_code()}").status_code == 200


def test_the_code_and_its_link_lead_to_the_same_and_a_renewed_one_ends_both(server, visit):
    server.people.open_join()
    code, token = server.people.join_code(), server.people.join_token()
    assert visit().form("login", code=code).headers["location"] == f"/join/{token}"
    for word in (code, code.lower(), token, token.upper()):
        assert visit().get(f"join/{word}").status_code == 200
    server.people.renew_join()
    assert server.people.join_token() != token
    for word in (code, token):
        assert visit().get(f"join/{word}").status_code == 404
    server.people.close_join()
    assert server.people.join_token() is None
    nobody, before = visit(), len(server.people.all())
    refused = nobody.post(f"join/{token}", data={"_xsrf": nobody.xsrf(), "name": "Yaw", "once": "x" * 20})
    assert (refused.status_code, "ask your facilitator for a personal link" in refused.text) == (404, True)
    assert len(server.people.all()) == before


def test_one_browser_becomes_a_few_people_and_others_at_its_address_come_in(server, visit):
    server.people.open_join()
    address, hall = f"join/{server.people.join_token()}", {"X-Forwarded-For": "203.0.113.8"}
    phone = visit(headers=hall)
    phone.get(address)
    word = {"_xsrf": phone.xsrf()}
    joined = [
        phone.post(address, data=word | {"name": f"Kofi {n}", "once": "short"}).status_code for n in range(40)
    ]
    assert joined == [200] * MOST_OF_A_BROWSER + [429] * (40 - MOST_OF_A_BROWSER)
    refused = phone.post(address, data=word | {"name": "Kofi", "once": "short"})
    assert 'value="Kofi"' in refused.text
    assert "facilitator" in refused.text
    assert "Welcome, Esi" in visit(headers=hall).form(address, name="Esi").text


def test_without_cookies_nobody_joins(server, visit):
    server.people.open_join()
    address = f"join/{server.people.join_token()}"
    nobody = visit(headers={"X-Forwarded-For": "203.0.113.9"})
    word, before = nobody.xsrf(), len(server.people.all())
    for cookie in (None, "made-up"):
        if cookie:
            (mark,) = [name for name in nobody.cookies if name.startswith("academy-device")]
            nobody.cookies.delete(mark)
            nobody.cookies.set(mark, cookie)
        asked = nobody.post(address, data={"_xsrf": word, "name": "Yaw", "once": "x" * 20})
        assert asked.status_code == 400
        assert 'value="Yaw"' in asked.text
    assert len(server.people.all()) == before
    nobody.cookies.delete(mark)
    nobody.get(address)
    assert nobody.form(address, name="Yaw").status_code == 200


def test_very_many_who_join_at_once_from_one_address_are_asked_to_wait(server, visit):
    server.people.open_join()
    address, hall = f"join/{server.people.join_token()}", {"X-Forwarded-For": "203.0.113.10"}
    visitor, codes = visit(headers=hall), []
    while 429 not in codes and len(codes) < 340:
        visitor.cookies.clear()  # each is another browser
        codes.append(visitor.form(address, name="Ama").status_code)
    assert codes[:AT_ONCE] == [200] * AT_ONCE
    assert codes[-1] == 429
    elsewhere = visit(headers={"X-Forwarded-For": "203.0.113.11"})
    assert elsewhere.form(address, name="Ama").status_code == 200
