"""Guessing codes at a real server."""

import pytest

from academy.server.guesses import FREE


@pytest.fixture(scope="module")
def academy_server(start):
    return start(trust_proxy=True)


def test_who_guesses_waits_and_everybody_else_does_not(server, visit):
    guesser = visit(headers={"X-Forwarded-For": "203.0.113.1"})
    for number in range(FREE):
        assert guesser.form("login", code=f"ZZZZ-ZZ{number:02}").status_code == 401
    refused = guesser.form("login", code=server.people.add("Amina").code)
    assert refused.status_code == 429
    assert 0 < int(refused.headers["retry-after"]) <= 60
    assert "Please try again in one minute" in refused.text
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
    answers = [guesser.get(f"join/YYYY-YY{number:02}").status_code for number in range(FREE + 1)]
    assert answers == [404] * FREE + [429]


def test_a_visitor_cannot_choose_the_address_that_guesses_count_for(server, visit):
    for number in range(FREE):
        headers = {"X-Forwarded-For": "203.0.113.6", "X-Real-Ip": f"198.51.100.{number}"}
        visit(headers=headers).form("login", code=f"XXXX-XX{number:02}")
    again = visit(headers={"X-Forwarded-For": "203.0.113.6", "X-Real-Ip": "198.51.100.99"})
    assert again.get("login").status_code == 429
