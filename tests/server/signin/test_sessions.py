"""What a session cookie is worth."""

import secrets
import time

import pytest
from tornado.web import create_signed_value

from academy.data import DataFolder
from academy_app.server.options import ServeOptions
from academy_app.server.signin.identity import CourseIdentity, today
from academy_app.server.site import Site


@pytest.fixture
def site(server, pages):
    folders = {"notebooks": pages / "notebooks", "template": pages / "template", "assets": pages / "assets"}
    return Site(ServeOptions(data=DataFolder.open(server.data.path), **folders))


@pytest.fixture
def amina(server):
    return server.people.add("Amina").person


def opens(visit, site, value, secret=None, clock=None):
    name = f"academy-{site.cookie_suffix}"
    signed = create_signed_value(
        secret or site.cookie_secret, name, value, **({"clock": clock} if clock else {})
    )
    visitor = visit()
    visitor.cookies.set(name, signed.decode())
    return visitor.is_in()


def test_a_signed_cookie_opens_the_course(visit, site, amina):
    assert opens(visit, site, f"{amina.id}:1:{today()}")


def test_a_cookie_signed_with_another_secret_does_not(visit, site, amina):
    assert not opens(visit, site, f"{amina.id}:1:{today()}", secrets.token_bytes(32))
    assert not opens(visit, site, f"{amina.id}:1:{today()}", site.data.secret)


@pytest.mark.parametrize(
    "value",
    [
        "{id}",
        "{id}:1",
        "{id}:2:{day}",
        "{id}:-1:{day}",
        "{id}:x:{day}",
        ":1:{day}",
        "{id}:1:{day}:1",
        "{id}:1:{day}:{mark}:1",
        "{id}:2:{day}:{mark}",
    ],
)
def test_a_cookie_of_another_form_or_epoch_does_not(visit, site, amina, value):
    assert not opens(visit, site, value.format(id=amina.id, day=today(), mark="0" * 16))


def test_a_cookie_from_before_sign_ins_had_marks_is_ended_with_its_sign_out_alone(visit, site, amina):
    name = f"academy-{site.cookie_suffix}"
    old, other = (
        create_signed_value(
            site.cookie_secret, name, f"{amina.id}:1:{today()}", clock=lambda at=at: at
        ).decode()
        for at in (time.time(), time.time() - 60)
    )
    visitor = visit()
    visitor.cookies.set(name, old)
    visitor.post("logout", data={"_xsrf": visitor.xsrf()})
    for cookie, is_in in ((old, False), (other, True)):
        copy = visit()
        copy.cookies.set(name, cookie)
        assert copy.is_in() is is_in


def test_a_renewed_cookie_is_the_same_sign_in(visit, site, amina):
    name = f"academy-{site.cookie_suffix}"
    before = create_signed_value(site.cookie_secret, name, f"{amina.id}:1:{today() - 4}:{'a' * 16}").decode()
    visitor, copy = visit(), visit()
    for each in (visitor, copy):
        each.cookies.set(name, before, domain="127.0.0.1", path="/")
    assert visitor.is_in()
    assert visitor.cookies[name] != before
    visitor.post("logout", data={"_xsrf": visitor.xsrf()})
    assert not copy.is_in()


def test_a_cookie_older_than_a_month_does_not(visit, site, amina):
    old = time.time() - 31 * 86400
    assert not opens(visit, site, f"{amina.id}:1:{today()}", clock=lambda: old)


def test_a_cookie_is_renewed_while_it_is_used(visit, site, amina):
    name = f"academy-{site.cookie_suffix}"
    for days, renewed in ((0, False), (4, True)):
        visitor = visit()
        value = create_signed_value(site.cookie_secret, name, f"{amina.id}:1:{today() - days}")
        visitor.cookies.set(name, value.decode())
        assert (name in visitor.get("").headers.get("set-cookie", "")) is renewed


@pytest.mark.parametrize("change", ["renew", "revoke", "deactivate"])
def test_access_that_is_taken_back_ends_open_sessions_at_once(server, visit, change):
    new = server.people.add("Amina")
    visitor = visit().sign_in(new.code)
    assert visitor.is_in()
    if change == "deactivate":
        server.people.set_active(new.person.id, False)
    else:
        getattr(server.people, change)(new.person.id)
    assert not visitor.is_in()


def test_no_token_in_a_query_or_header_signs_anybody_in(server, visit):
    token = server.people.add("Amina").link_token
    for word in (token, "anything"):
        asked = visit().get(f"passport?token={word}")
        assert (asked.status_code, asked.headers["location"].partition("?")[0]) == (302, "/login")
        bearer = {"Authorization": f"token {word}"}
        assert not visit(headers=bearer).is_in()


def test_nobody_comes_in_by_jupyters_own_ways():
    identity = CourseIdentity(token="secret", login_handler_class=object)
    assert identity.token == ""
    assert identity.auth_enabled
    assert identity.login_available
    assert identity.get_handlers() == []
    assert identity.is_token_authenticated(None) is False
    assert identity.should_check_origin(None) is True
