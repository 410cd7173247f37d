"""Signing in, out and joining."""

import re
from types import SimpleNamespace
from urllib.parse import urlencode

import pytest

from academy_app.server.base import PageHandler
from academy_app.server.kernels.manager import ENDED
from tests.support.visitor import Visitor, run

HOME = "voila/render/home.ipynb"


def test_the_first_page_leads_to_the_sign_in_and_back(server, visit):
    asked = visit().get("voila/render/worded.ipynb?from=mail")
    assert asked.status_code == 302
    page = f"/c/{server.edition}/voila/render/worded.ipynb?from=mail"
    assert asked.headers["location"] == f"/login?{urlencode({'next': page})}"
    entered = visit().form(asked.headers["location"], code=server.people.add("Amina").code)
    assert entered.headers["location"] == page


def test_the_address_of_the_course_leads_to_its_first_page_and_that_to_the_sign_in(visit):
    nobody = visit()
    for address in ("", str(nobody.base_url).rstrip("/")):
        assert nobody.get(address).headers["location"] == nobody.home
    assert nobody.get(HOME).headers["location"] == f"/login?{urlencode({'next': nobody.home})}"


def test_a_code_signs_in_however_it_is_typed(server, visit):
    code = server.people.add("Amina").code
    visitor = visit()
    answer = visitor.form("login", code=f"  {code.lower().replace('-', ' ')} ")
    assert (answer.status_code, answer.headers["location"]) == (302, visitor.home)
    assert '<p id="who">Amina' in visitor.get(HOME).text


def test_an_unknown_code_is_said_and_stays_in_the_form(visit):
    answer = visit().form("login", code='ABCD-<b>"2345')
    assert answer.status_code == 401
    assert 'role="alert"' in answer.text
    assert 'value="ABCD-&lt;b&gt;&#34;2345"' in answer.text


def test_an_empty_code_is_asked_for(visit):
    answer = visit().form("login", code=" ")
    assert answer.status_code == 400
    assert "Please type the code" in answer.text


def test_a_form_without_its_hidden_word_is_refused_in_words(server, visit):
    answer = visit().post("login", data={"code": server.people.add("Amina").code})
    assert answer.status_code == 403
    assert "Open the page again" in answer.text
    assert "set-cookie" not in answer.headers or "academy-" not in answer.headers["set-cookie"].split("=")[0]


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "javascript:alert(1)",
        "evil.example",
        "http:/login",
        "///evil.example",
        "/voila\r\nX-Injected: 1",
    ],
)
def test_signing_in_never_leads_elsewhere(server, visit, elsewhere):
    for login, home in (("login", visit().home), ("/login", "/")):
        entered = visit().form(login, code=server.people.add("Amina").code, next=elsewhere)
        assert (entered.status_code, entered.headers["location"]) == (302, home)


def test_the_cookie_is_for_our_pages_alone(server, visit):
    cookie = visit().form("login", code=server.people.add("Amina").code).headers["set-cookie"]
    assert re.match(r"academy-[0-9a-f]{8}=", cookie)
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; "))
    assert "Secure" not in cookie


def test_behind_tls_the_cookie_is_secure(server, visit):
    visitor = visit(headers={"X-Forwarded-Proto": "https"})
    visitor.get("login")
    secure = [cookie for cookie in visitor.cookies.jar if cookie.name.startswith("_xsrf")]
    assert [cookie.secure for cookie in secure] == [True]


def test_a_code_for_joining_leads_to_the_joining_page(server, visit):
    code = server.people.open_join()
    answer = visit().form("login", code=code.lower())
    assert answer.headers["location"] == f"/join/{server.people.join_token()}"


def test_opening_a_personal_link_signs_nobody_in(server, visit):
    visitor, new = visit(), server.people.add("Amina <Diallo>")
    page = visitor.get(f"j/{new.link_token}")
    assert page.status_code == 200
    assert "Continue as Amina &lt;Diallo&gt;" in page.text
    assert not visitor.is_in()


def test_going_on_from_a_personal_link_signs_in(server, visit):
    visitor, new = visit(), server.people.add("Amina")
    answer = visitor.form(f"j/{new.link_token}")
    assert (answer.status_code, answer.headers["location"]) == (302, visitor.home)
    assert visitor.is_in()
    assert visitor.get(f"j/{new.link_token}").headers["location"] == visitor.home
    assert visit().form(f"/j/{new.link_token}").headers["location"] == f"/c/{server.edition}/"


@pytest.mark.parametrize("change", ["renew", "revoke"])
def test_an_old_personal_link_says_what_became_of_it(server, visit, change):
    new = server.people.add("Amina")
    getattr(server.people, change)(new.person.id)
    page = visit().get(f"j/{new.link_token}")
    assert page.status_code == 404
    assert "facilitator" in page.text
    unknown = visit().get("j/AAAAAAAAAAAAAAAAAAAAAAAA")
    assert unknown.status_code == 404
    sentence = re.search(r'role="alert">([^<]+)', page.text)[1]
    assert sentence != re.search(r'role="alert">([^<]+)', unknown.text)[1]


def test_joining_gives_a_code_of_ones_own(server, visit):
    code, visitor = server.people.open_join(), visit()
    joined = visitor.form(f"join/{code}", name="  Fatou   Ndiaye ")
    assert joined.status_code == 200
    own = re.search(r'class="show" dir="ltr">([^<]+)', joined.text)[1]
    assert server.people.by_code(own).display_name.startswith("Fatou Ndiaye")
    assert visitor.is_in()


def test_the_same_joining_form_sent_twice_makes_one_person(server):
    code = server.people.open_join()
    with Visitor(server.url) as visitor:
        page = visitor.get(f"join/{code}").text.partition("</form>")[0]
        fields = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', page)) | {
            "name": "Once Only"
        }
        first, second = (visitor.post(f"join/{code}", data=fields).text for _ in range(2))
    assert re.search(r'class="show" dir="ltr">([^<]+)', first)[1] in second
    assert [p.display_name for p in server.people.all() if "Once Only" in p.display_name] == ["Once Only"]


def test_a_joining_form_kept_from_before_brings_back_nobody_who_was_shut_out(server):
    code = server.people.open_join()
    with Visitor(server.url) as visitor:
        page = visitor.get(f"join/{code}").text.partition("</form>")[0]
        fields = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', page)) | {
            "name": "Shut Out"
        }
        visitor.post(f"join/{code}", data=fields)
        before = server.people.find("Shut Out")
        server.people.revoke(before.id)
        assert visitor.post(f"join/{code}", data=fields).status_code == 200
        assert server.people.find("Shut Out (2)").id != before.id
        assert '<p id="who">Shut Out (2)' in visitor.get(HOME).text


def test_a_joining_form_with_another_name_is_somebody_else(server):
    code = server.people.open_join()
    with Visitor(server.url) as visitor:
        page = visitor.get(f"join/{code}").text.partition("</form>")[0]
        fields = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', page))
        visitor.post(f"join/{code}", data=fields | {"name": "First Hand"})
        assert (
            "Welcome, Second Hand" in visitor.post(f"join/{code}", data=fields | {"name": "Second Hand"}).text
        )


def test_joining_without_a_name_asks_for_one(server, visit):
    answer = visit().form(f"join/{server.people.open_join()}", name="\u200b . ")
    assert answer.status_code == 400
    assert 'role="alert"' in answer.text


def test_joining_is_closed_unless_it_was_opened(server, visit):
    code = server.people.open_join()
    server.people.close_join()
    for address in (f"join/{code}", "join/XXXX-YYYY", "join/<script>"):
        page = visit().get(address)
        assert page.status_code == 404
        assert "facilitator" in page.text
    count = len(server.people.all())
    assert visit().post(f"join/{code}", data={"name": "Nobody"}).status_code == 403
    assert len(server.people.all()) == count


def test_signing_out_ends_the_pages_that_are_still_open(visit):
    visitor, other = visit("Amina"), visit("Bao")
    kernel, others = visitor.open(), other.open()

    async def sign_out_beside_an_open_page():
        socket = await visitor.socket(kernel)
        visitor.post("logout", data={"_xsrf": visitor.xsrf()})
        while await socket.read_message() is not None:
            pass
        return socket.close_code

    assert run(sign_out_beside_an_open_page()) == ENDED
    assert other.get(f"api/kernels/{others}").status_code == 200


def test_signing_out_ends_the_session_on_this_device(server, visit):
    visitor = visit("Amina")
    assert visitor.post("logout", data={"_xsrf": visitor.xsrf()}).headers["location"] == "/login"
    assert not visitor.is_in()


def copy_of(visit, visitor):
    """Another browser with the same cookies: what somebody could have kept of them."""
    copy = visit()
    for name, value in visitor.cookies.items():
        copy.cookies.set(name, value)
    return copy


def test_a_kept_cookie_opens_nothing_after_its_person_has_signed_out(start):
    with (
        start() as server,
        Visitor(server.url) as amina,
        Visitor(server.url) as phone,
        Visitor(server.url) as copy,
    ):
        code = server.people.add("Amina").code
        amina.sign_in(code)
        phone.sign_in(code)
        for name, value in amina.cookies.items():
            copy.cookies.set(name, value)
        assert copy.is_in()
        amina.post("logout", data={"_xsrf": amina.xsrf()})
        assert not copy.is_in()
        assert phone.is_in()
        server.restart()
        assert not copy.is_in()
        assert phone.is_in()
        amina.sign_in(code)
        assert amina.is_in()


def test_signing_out_on_all_devices_ends_every_sign_in(server, visit):
    new, bao = server.people.add("Amina"), visit("Bao")
    here, phone = visit().sign_in(new.code), visit().sign_in(new.code)
    answer = here.post("logout", data={"_xsrf": here.xsrf(), "everywhere": "1"})
    assert answer.headers["location"] == "/login"
    for visitor in (here, phone, copy_of(visit, phone)):
        assert not visitor.is_in()
    assert bao.is_in()
    assert visit().sign_in(new.code).is_in()
    nobody = visit()
    assert (
        nobody.post("logout", data={"_xsrf": nobody.xsrf(), "everywhere": "1"}).headers["location"]
        == "/login"
    )


def test_signing_out_needs_a_form_of_ours(visit):
    visitor = visit("Amina")
    assert visitor.post("logout").status_code == 403
    assert visitor.get("logout").status_code == 405
    assert visitor.is_in()


def test_a_language_chosen_before_signing_in_becomes_the_persons(server, visit):
    visitor, new = visit(), server.people.add("Amina")
    visitor.post("language", data={"_xsrf": visitor.xsrf(), "lang": "ar", "next": "/login"})
    page = visitor.get("login")
    assert '<html lang="ar" dir="rtl">' in page.text
    visitor.sign_in(new.code)
    assert server.people.get(new.person.id).language == "ar"
    assert 'lang="ar" dir="rtl"' in visitor.get(HOME).text


@pytest.mark.parametrize(
    ("asked", "spoken"),
    [
        *(("ar-EG,ar;q=0.9,en;q=0.5", "ar"), ("tlh, AR ;q=0.3", "ar"), ("tlh", "en"), ("ar_EG", "en")),
        ("tlh," * 19 + "ar", "ar"),
        ("tlh," * 20 + "ar", "en"),
    ],
)
def test_the_browsers_language_is_taken_before_signing_in(visit, asked, spoken):
    assert f'<html lang="{spoken}"' in visit(headers={"Accept-Language": asked}).get("login").text


def test_a_signed_in_person_changes_the_language(server, visit):
    visitor = visit("Amina")
    answer = visitor.post("language", data={"_xsrf": visitor.xsrf(), "lang": "ar", "next": visitor.home})
    assert answer.headers["location"] == visitor.home
    assert 'dir="rtl"' in visitor.get(HOME).text
    visitor.post("language", data={"_xsrf": visitor.xsrf(), "lang": "../../etc", "next": visitor.home})
    assert 'dir="rtl"' in visitor.get(HOME).text


def test_the_pages_before_the_course_are_small(server, visit):
    addresses = [
        "login",
        f"j/{server.people.add('Amina').link_token}",
        f"join/{server.people.open_join()}",
        "nowhere",
    ]
    for address in addresses:
        assert len(visit().get(address).content) < 6 * 1024


def test_a_form_that_comes_by_an_address_which_the_proxy_hides_is_told_so(server, visit):
    visitor = visit()
    word, code = visitor.xsrf(), server.people.add("Amina").code
    elsewhere = {"Origin": "https://kit.example.org"}
    for address in ("login", "language", "answers", "live/start"):
        answer = visitor.post(address, data={"_xsrf": word, "code": code}, headers=elsewhere)
        assert answer.status_code == 403
        assert "reverse proxy" in answer.text
        assert "https://kit.example.org" in answer.text
        assert "no such page" not in answer.text
    evil = visitor.post(
        "login", data={"_xsrf": word}, headers={"Origin": "https://<script>alert(1)</script>"}
    )
    assert "<script>alert" not in evil.text
    assert not visitor.is_in()
    right = {"Origin": visitor.origin}
    assert visitor.post("login", data={"_xsrf": word, "code": code}, headers=right).status_code == 302


@pytest.mark.parametrize(
    ("path", "inside"),
    [
        *((path, True) for path in ("/kit/", "/kit/page?x=1#y", "/kit/a:b", "/kit/ü")),
        *((path, False) for path in ("", "/", "/kitchen", "kit/", "//kit/", "http://kit/", "/kit/ x")),
        *((path, False) for path in ("/kit/\\x", "/kit/\tx", "/kit/\n")),
    ],
)
def test_a_way_back_leads_to_a_page_of_this_site(path, inside):
    handler = SimpleNamespace(site=SimpleNamespace(base="/kit/"), home="/kit/home")
    assert PageHandler.local_path(handler, path) == (path if inside else "/kit/home")
    root = SimpleNamespace(site=SimpleNamespace(base="/"), home="/home")
    assert PageHandler.local_path(root, "//evil.example/") == "/home"
    assert PageHandler.local_path(root, "/evil.example//") == "/evil.example//"
