"""Several editions on one server: who is in one has no part in the others, and nothing of one is another's."""

import json
import re
import secrets
from itertools import chain
from types import SimpleNamespace
from urllib.parse import urlencode

import pytest
import sqlalchemy as sa

from academy.course import load_course
from academy.editions import Editions, edition_called, in_edition
from academy.live import Live
from academy.people import People
from academy.people.leaving import readmit, withdraw
from academy.store import Answers, Edit, Releases
from academy.store.schema import Base
from academy_app.server.kernels.sockets import PROTOCOL
from tests.live.small import small_course
from tests.server.live.rooms import send
from tests.server.test_routes import FOR_ALL, SERVED
from tests.support.offline import answers_file
from tests.support.patience import until
from tests.support.server import AcademyServer
from tests.support.tongues import course_in
from tests.support.visitor import Visitor, run

FIRST, NORTH, OTHER = "workshop", "north", "small"
WROTE = "Night workers of the north went on strike"


@pytest.fixture(scope="module")
def opened(pages, tmp_path_factory):
    """Start a server of two editions of one course and one of another."""
    started = []

    def start():
        root = tmp_path_factory.mktemp("editions")
        folder = course_in(root, "en", "es")
        other = small_course(root / "exercises")
        named = {name: str(pages / name) for name in ("notebooks", "template", "assets")}
        server = AcademyServer(root / "data", ip="127.0.0.1", trust_proxy=True, **named)
        started.append(server)
        made = Editions(server.store)
        made.new(FIRST, load_course(folder))
        made.new(NORTH, load_course(folder), title="Edition of the north")
        made.new(OTHER, load_course(other))
        for edition in (FIRST, NORTH):
            Releases(server.store, edition).release("story")
        server.start(ACADEMY_EXERCISES=str(folder.parent))
        server.courses = {
            edition: _placed(server, edition, folder, other) for edition in (FIRST, NORTH, OTHER)
        }
        return server

    yield start
    for server in started:
        server.close()


def _placed(server, edition, folder, other):
    """The course as an edition has it."""
    course = load_course(other if edition == OTHER else folder)
    return in_edition(course, edition_called(server.store, edition))


@pytest.fixture(scope="module")
def academy_server(opened):
    return opened()


@pytest.fixture
def people(server):
    return lambda edition: People(server.store, server.data.secret, edition)


@pytest.fixture
def come(server, people):
    """Somebody with a role in each of some editions, at the server's own address: `come("Amina", north="mentor")`."""
    there = []

    def sign_in(name="", **roles):
        heads = {"X-Forwarded-For": f"203.0.113.{len(there) + 1}"}
        heads["Connection"] = "close"  # who is refused before the body was read is cut off
        there.append(Visitor(server.root, headers=heads))
        visitor = there[-1]
        for edition, role in roles.items():
            if not hasattr(visitor, "person"):
                added = people(edition).add(name, role=role)
                visitor.person, visitor.code = added.person.id, added.code
            else:
                people(edition).enrol(visitor.person, role)
        if roles:
            visitor.sign_in(visitor.code)
        return visitor

    yield sign_in
    for visitor in there:
        visitor.close()


@pytest.fixture
def rooms(server):
    def start(edition, **more):
        live = Live(server.store, server.courses[edition], server.data.secret)
        return live.start("webinar-1", "f-desk", anew=True, **more)

    return start


def at(edition, address):
    return f"/c/{edition}/{address}"


def opens(visitor, edition, page="home.ipynb"):
    """Open a page of an edition and return its kernel."""
    answer = visitor.get(at(edition, f"voila/render/{page}"))
    assert answer.status_code == 200, answer.text
    return str(json.loads(re.search(r'id="kernel">([^<]+)<', answer.text)[1]))


def all_rows(store):
    """Return everything that is in the database."""
    with store.session() as session:
        return {
            name: sorted(map(repr, session.execute(sa.select(table)).all()))
            for name, table in Base.metadata.tables.items()
        }


# -- what is of an edition, at every address that there is ------------------------------------------------------------


@pytest.fixture(scope="module")
def north(academy_server):
    """The edition of the north, in which there is something at each address; who is in it, and a running kernel."""
    server, people = academy_server, People(academy_server.store, academy_server.data.secret, NORTH)
    amina, nadia = people.add("Amina of the north"), people.add("Nadia", role="facilitator")
    Answers(server.store, NORTH).save(amina.person.id, "story", [Edit("amina-wrote-this", "what", WROTE)])
    room = Live(server.store, server.courses[NORTH], server.data.secret).start("webinar-1", nadia.person.id)
    room.do("open", nadia.person.id, activity="asked")
    with Visitor(server.root) as participant, Visitor(server.root) as facilitator:
        participant.sign_in(amina.code)
        facilitator.sign_in(nadia.code)
        kernel = opens(participant, NORTH)
        yield SimpleNamespace(
            room=room,
            kernel=kernel,
            person=amina.person.id,
            members=(participant, facilitator),
            addresses=addresses(room.code, kernel, amina.person.id),
        )


def addresses(code, kernel, person):
    """For each route that is not for everybody, addresses at which there is something in the north."""
    return {
        "/reviews/([a-z0-9-]{1,64})/([a-z-]{1,16})": [
            "reviews/story-reviews/next",
            "reviews/story-reviews/extend",
        ],
        "/passport": ["passport"],
        r"/passport/file\.(pdf|html|docx|json)": ["passport/file.json", "passport/file.html"],
        "/passport/start": ["passport/start"],
        "/paper": ["paper"],
        "/paper/([a-z0-9_-]{1,64})": [f"paper/story?person={person}"],
        "/live/start": ["live/start"],
        "/live/now": ["live/now"],
        "/live/at/([a-z0-9_-]{1,64})": ["live/at/webinar-1"],
        "/live/([^/]{1,100})": [f"live/{code}"],
        "/live/([^/]{1,100})/answer": [f"live/{code}/answer"],
        "/live/([^/]{1,100})/state": [f"live/{code}/state"],
        "/live/([^/]{1,100})/mine": [f"live/{code}/mine?activity=asked"],
        "/live/([^/]{1,100})/events": [f"live/{code}/events"],
        "/live/([^/]{1,100})/desk": [f"live/{code}/desk"],
        "/live/([^/]{1,100})/control": [f"live/{code}/control"],
        r"/live/([^/]{1,100})/results\.(csv|json)": [
            f"live/{code}/results.csv",
            f"live/{code}/results.json?full=1",
        ],
        r"/live/([^/]{1,100})/results\.(svg|png)": [f"live/{code}/results.svg?activity=asked"],
        "/voila/render/(.+)": ["voila/render/home.ipynb", "voila/render/facilitator/cohort.ipynb"],
        r"/present/qr/([A-Za-z0-9]{4,12})\.svg": [f"present/qr/{code}.svg"],
        r"/present/([\w/-]{1,100}(?:\.ipynb)?)": ["present/home"],
        "/voila/full/(.+)": ["voila/full/home.ipynb"],
        "/voila/(static|templates/lab/static|labextensions|api/themes)/(.+)": ["voila/static/voila.js"],
        "/place/(.+)": ["place/home.ipynb"],
        r"/api/kernels/(?P<kernel_id>\w+-\w+-\w+-\w+-\w+)": [f"api/kernels/{kernel}"],
        r"/api/kernels/(?P<kernel_id>\w+-\w+-\w+-\w+-\w+)/channels": [f"api/kernels/{kernel}/channels"],
        r"/voila/api/shutdown/(?P<kernel_id>\w+-\w+-\w+-\w+-\w+)": [f"voila/api/shutdown/{kernel}"],
        r"/offline/([a-z0-9_-]{1,64})\.html": ["offline/story.html"],
        r"/paper/([a-z0-9_-]{1,64})\.json": ["paper/story.json"],
        "/answers": ["answers"],
        "/answers/([a-z0-9_-]{1,64})": ["answers/story"],
        r"/widgets/([\w-]+\.\w+)": ["widgets/x.js"],
        "/calendar.ics": ["calendar.ics"],
    }


OF_EDITIONS = [pattern for pattern in SERVED if pattern not in FOR_ALL]
UNHEARD = ("/events", "/channels", "widgets/x.js", "voila/full/home.ipynb")
"""What does not end, is no page, is not there, or is megabytes."""
JSON = {
    "start": {"webinar": "webinar-1", "anew": True},
    "answer": {"activity": "asked", "id": "0123456789abcdef", "value": "a"},
    "control": {"do": "end"},
}


UPGRADE = {"Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Protocol": PROTOCOL}
UPGRADE |= {"Sec-WebSocket-Version": "13", "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ=="}


def test_every_address_that_is_not_for_everybody_is_tried(north):
    """A new route is tried here by whoever forgets to."""
    assert set(north.addresses) == set(OF_EDITIONS)


def test_there_is_something_at_these_addresses_for_who_is_in_the_edition(north):
    for address in chain.from_iterable(north.addresses.values()):
        if not address.partition("?")[0].endswith(UNHEARD):
            answers = {member.get(at(NORTH, address)).status_code for member in north.members}
            assert answers & {200, 405}, (address, answers)


@pytest.mark.parametrize(
    "roles",
    [
        {},
        {FIRST: "participant"},
        {FIRST: "facilitator"},
        {OTHER: "facilitator"},
        {FIRST: "participant", OTHER: "facilitator"},
    ],
    ids=["nobody", "participant", "facilitator", "facilitator of another course", "in two others"],
)
def test_at_no_address_of_an_edition_people_of_others_see_or_change_anything(server, come, north, roles):
    stranger = come("Stranger", **roles)
    word, before = stranger.xsrf(), all_rows(server.store)
    for address in chain.from_iterable(north.addresses.values()):
        for method in ("GET", "POST", "PUT", "DELETE"):
            answer = _ask(stranger, word, method, at(NORTH, address), north.person)
            assert answer.status_code in (302, 303, 403, 404, 405), (method, address, answer.text)
            if answer.status_code in (302, 303):
                assert re.match(r"(/c/north)?/login\?next=", answer.headers["location"]), (method, address)
            for word_of_theirs in (WROTE, "Amina of the north", "What happened?", north.person):
                assert word_of_theirs not in answer.text, (method, address)
    assert all_rows(server.store) == before
    assert north.room.state()["state"] == "live"
    assert north.members[0].get(at(NORTH, f"api/kernels/{north.kernel}")).status_code == 200


def _ask(visitor, word, method, address, person):
    act, more, heads = address.rpartition("/")[2], {}, {"X-XSRFToken": word}
    if method == "GET" and act == "channels":
        heads |= UPGRADE
    elif method == "POST" and "/live/" in address:
        more = {"json": JSON.get(act, {})}
    elif method == "POST" and address.endswith(("answers", "answers/story")):
        more = {"files": [("files", ("a.json", b"{}"))], "data": {"_xsrf": word}}
    elif method == "POST":
        more = {"data": {"_xsrf": word, "person": person, "a/what": "A stranger wrote this", "days": "3"}}
    return visitor.request(method, address, headers=heads, **more)


def test_the_sign_in_leads_nobody_into_an_edition_that_is_not_theirs(come):
    visitor = come("Bao", **{FIRST: "participant"})
    page = at(NORTH, "voila/render/home.ipynb")
    asked = visitor.get(page)
    assert asked.headers["location"] == f"/login?{urlencode({'next': page})}"
    told = visitor.get(asked.headers["location"])
    assert (told.status_code, "You are not in this course" in told.text) == (403, True)
    assert "Edition of the north" not in told.text
    again = come()
    entered = again.form(f"/login?{urlencode({'next': page})}", code=visitor.code)
    assert (entered.headers["location"], again.get(page).status_code) == (page, 302)


def test_a_role_in_one_edition_is_none_in_another(come, rooms):
    """Who takes part here and is a facilitator there."""
    rosa = come("Rosa", **{NORTH: "participant", FIRST: "facilitator"})
    here, there = (rooms(edition) for edition in (NORTH, FIRST))
    for edition, room, facilitator in ((NORTH, here, False), (FIRST, there, True)):
        for address, refused in (
            ("voila/render/facilitator/cohort.ipynb", 403),
            ("present/home", 403),
            ("paper", 404),
            (f"live/{room.code}/desk", 403),
            (f"live/{room.code}/results.csv", 403),
        ):
            assert rosa.get(at(edition, address)).status_code == (200 if facilitator else refused), address
        act = rosa.post(
            at(edition, f"live/{room.code}/control"),
            json={"do": "next"},
            headers={"X-XSRFToken": rosa.xsrf()},
        )
        assert act.status_code == (200 if facilitator else 403)
        assert rosa.get(f"/live/{room.code}/desk").status_code == (200 if facilitator else 403)


# -- what is made in one edition means nothing in another --------------------------------------------------------------


def test_a_kernel_of_one_edition_is_not_there_in_another_that_its_person_is_in_too(come):
    bao = come("Bao", **{FIRST: "participant", NORTH: "participant"})
    kernel = opens(bao, NORTH)
    word = {"X-XSRFToken": bao.xsrf()}
    for edition, status in ((FIRST, 404), (OTHER, 403)):  # in the second one Bao is nobody
        assert bao.get(at(edition, f"api/kernels/{kernel}")).status_code == status
        assert bao.delete(at(edition, f"api/kernels/{kernel}"), headers=word).status_code == status
        assert bao.post(at(edition, f"voila/api/shutdown/{kernel}"), headers=word).status_code == status
        elsewhere = Visitor(f"{bao.origin}/c/{edition}/", cookies=bao.cookies)
        with elsewhere, pytest.raises(Exception, match="404"):
            run(elsewhere.socket(kernel))
    with Visitor(f"{bao.origin}/c/{NORTH}/", cookies=bao.cookies) as here:
        assert here.get(f"api/kernels/{kernel}").status_code == 200

        async def connected():
            (await here.socket(kernel)).close()

        run(connected())


def test_answers_of_one_edition_are_not_those_of_another(server, come):
    bao = come("Bao", **{FIRST: "participant", NORTH: "participant"})
    Answers(server.store, NORTH).save(bao.person, "story", [Edit("bao-wrote-this", "what", WROTE)])
    shown = {edition: bao.get(at(edition, "passport/file.json")).text for edition in (FIRST, NORTH)}
    assert WROTE not in shown[FIRST]
    forms = {edition: bao.get(at(edition, "offline/story.html")) for edition in (FIRST, NORTH)}
    assert {form.status_code for form in forms.values()} == {200}
    files = {
        edition: answers_file(form.content, {"what": f"At sea, {edition}"}) for edition, form in forms.items()
    }
    assert {edition: file["ticket"]["course"] for edition, file in files.items()} == {
        FIRST: FIRST,
        NORTH: NORTH,
    }


@pytest.mark.parametrize("role", ["participant", "facilitator"])
def test_an_answers_file_of_one_edition_is_taken_there_and_nowhere_else(server, come, role):
    bao = come("Bao", **{FIRST: "participant", NORTH: "participant", OTHER: "participant"})
    file = answers_file(bao.get(at(NORTH, "offline/story.html")).content, {"what": "Written at sea"})
    by = bao if role == "participant" else come("Nadia", **dict.fromkeys((FIRST, NORTH, OTHER), role))

    def bring(edition):
        sent = [("files", ("a.json", json.dumps(file).encode()))]
        return by.post(at(edition, "answers"), files=sent, data={"_xsrf": by.xsrf()}).text

    def kept():
        drafts = {
            edition: Answers(server.store, edition).draft(bao.person, "story")
            for edition in (FIRST, NORTH, OTHER)
        }
        return {edition for edition, draft in drafts.items() if draft.values}

    for edition in (FIRST, OTHER):
        assert "This file belongs to another course. Nothing was taken." in bring(edition)
    assert kept() == set()
    assert "Answers taken: 1." in bring(NORTH)
    assert kept() == {NORTH}


@pytest.mark.parametrize("guests", [False, True])
def test_a_live_session_is_found_by_its_code_in_its_edition_alone(come, rooms, guests):
    room = rooms(NORTH, guests=guests)
    both = dict.fromkeys((FIRST, NORTH), "facilitator")
    nadia, bao = come("Nadia", **both), come("Bao", **dict.fromkeys((FIRST, NORTH), "participant"))
    for somebody in (nadia, bao):
        for what in ("", "/state", "/mine?activity=asked", "/events", "/desk", "/results.csv"):
            assert somebody.get(at(FIRST, f"live/{room.code}{what}")).status_code == 404, what
            assert somebody.get(at(OTHER, f"live/{room.code}{what}")).status_code == 404, what
        rev = room.rev()
        for address, sent in (("control", {"do": "end"}), ("answer", JSON["answer"])):
            assert send(somebody, at(FIRST, f"live/{room.code}/{address}"), sent).status_code == 404
        assert room.rev() == rev
        now = {edition: somebody.get(at(edition, "live/now")).json()["rooms"] for edition in (FIRST, NORTH)}
        assert [room.code in (each["code"] for each in now[edition]) for edition in now] == [False, True]
    for address in (f"/live/{room.code}/state", at(NORTH, f"live/{room.code}/state")):
        assert bao.get(address).json()["state"] == "live"
    room.do("end", "f-desk")
    room.do("close", "f-desk")


def test_a_guest_of_a_session_is_nobody_in_that_of_another_edition(come, rooms):
    here, there = rooms(NORTH, guests=True), rooms(FIRST, guests=True)
    guest = come()
    assert guest.form(f"/live/{here.code}", name="Guest").status_code == 303
    assert guest.get(f"/live/{here.code}/state").status_code == 200
    assert guest.get(f"/live/{there.code}/state").status_code == 403
    assert guest.get(at(FIRST, f"live/{here.code}/state")).status_code == 404
    assert "/login?next=" in guest.get(at(NORTH, "passport")).headers["location"]
    for room in (here, there):
        room.do("end", "f-desk")
        room.do("close", "f-desk")


def test_a_code_for_joining_and_its_link_lead_into_their_edition_alone(server, come, people):
    code = people(NORTH).open_join()
    token = people(NORTH).join_token()
    assert come().form("/login", code=code).headers["location"] == f"/join/{token}"
    for word in (code, token):
        for edition in (FIRST, OTHER):
            assert come().get(at(edition, f"join/{word}")).status_code == 404
            nobody = come()
            sent = {"_xsrf": nobody.xsrf(), "name": "Dora", "once": secrets.token_hex(10)}
            assert nobody.post(at(edition, f"join/{word}"), data=sent).status_code == 404
            assert not [each for each in people(edition).all() if "Dora" in each.display_name]
    dora = come()
    assert "Edition of the north" in dora.get(f"/join/{token}").text
    assert dora.form(f"/join/{token}", name="Dora").status_code == 200
    assert [each.display_name for each in people(NORTH).all() if "Dora" in each.display_name] == ["Dora"]
    assert dora.get(at(NORTH, "passport")).status_code == 200
    for edition in (FIRST, OTHER):
        assert "/login?next=" in dora.get(at(edition, "passport")).headers["location"]
    people(NORTH).close_join()


# -- addresses without edition, and the list of courses ----------------------------------------------------------------


@pytest.mark.parametrize(
    "address",
    ["voila/render/home.ipynb?x=1", "passport", "calendar.ics", "offline/story.html", "answers", "paper"],
)
def test_an_address_without_edition_leads_to_the_first_one_whoever_asks(come, address):
    for roles in ({}, {FIRST: "participant"}, {NORTH: "facilitator"}, {OTHER: "participant"}):
        moved = come("Somebody", **roles).get(f"/{address}")
        assert (moved.status_code, moved.headers["location"]) == (302, at(FIRST, address))


@pytest.mark.parametrize(
    "address", ["c/nowhere/", "c/nowhere/passport", "c/north/c/north/passport", "c/North/", "c/"]
)
def test_an_edition_that_there_is_not_is_a_page_that_says_so(come, address):
    for roles in ({}, {NORTH: "participant"}):
        answer = come("Somebody", **roles).get(f"/{address}")
        assert (answer.status_code, "There is no such page" in answer.text) == (404, True)


def cards(visitor):
    """The addresses or titles of the courses on `/`: those of one's own have an address to open."""
    text = visitor.get("/").text
    mine, _, offered = text.partition("More courses") if "My courses" in text else ("", "", text)
    return re.findall(r'class="button" href="(/c/[^"]+)"', mine), re.findall(
        "<h[23][^>]*>([^<]+)</h[23]>", offered
    )


def test_the_first_page_lists_open_editions_for_everybody_and_ones_own_first(opened):
    server = opened()
    made = Editions(server.store)
    made.new("hidden", server.courses[OTHER], title="by invitation", listed=False)
    made.new("over", server.courses[OTHER], title="of last year")
    made.close("over")
    mine = {"hidden": "participant", "over": "participant", NORTH: "facilitator"}
    with Visitor(server.root) as nobody, Visitor(server.root) as bao:
        offered = ["Our workshop", "Our workshop · Edition of the north", "A small course"]
        assert until(lambda: cards(nobody) == ([], offered))  # what was known a moment ago is new enough
        assert nobody.get("/").text.count("<h2") == 3
        new = People(server.store, server.data.secret, NORTH).add("Bao", role="facilitator")
        bao.sign_in(new.code)
        assert cards(bao) == ([at(NORTH, "")], ["Our workshop", "A small course"])
        for edition, role in mine.items():
            if edition != NORTH:
                People(server.store, server.data.secret, edition).enrol(new.person.id, role)
        assert until(lambda: sorted(cards(bao)[0]) == sorted(at(edition, "") for edition in mine))
        assert cards(bao)[1] == ["Our workshop", "A small course"]
        text = bao.get("/").text
        assert text.count("This course is over.") == 1
        assert "You are a facilitator" in text
        withdraw(People(server.store, server.data.secret, "hidden"), new.person.id)
        assert "by invitation" not in bao.get("/").text
        made.close(FIRST)
        assert until(lambda: cards(nobody) == ([], offered[1:]))


# -- leaving an edition, closing one -----------------------------------------------------------------------------------


def test_who_leaves_an_edition_loses_its_pages_and_is_still_in_another(come, people, rooms):
    bao = come("Bao", **{FIRST: "participant", NORTH: "participant"})
    kernel, room = opens(bao, NORTH), rooms(NORTH)
    assert bao.get(f"/live/{room.code}/state").status_code == 200
    withdraw(people(NORTH), bao.person)
    for _ in range(2):  # with the old sign-in, and with a new one
        for address in (
            "passport",
            "voila/render/home.ipynb",
            "offline/story.html",
            "answers",
            f"live/{room.code}",
        ):
            refused = bao.get(at(NORTH, address))
            assert (refused.status_code, "/login?next=" in refused.headers["location"]) == (302, True), (
                address
            )
        assert bao.get(f"/live/{room.code}/state").status_code == 403
        assert bao.get(at(NORTH, f"api/kernels/{kernel}")).status_code == 403
        assert until(lambda: bao.get(f"/api/kernels/{kernel}").status_code != 200)
        bao.cookies.clear()
        bao.sign_in(bao.code)
    assert bao.get(at(FIRST, "passport")).status_code == 200
    assert cards(bao)[0] == [at(FIRST, "")]
    readmit(people(NORTH), bao.person)
    assert bao.get(at(NORTH, "passport")).status_code == 200


def test_who_leaves_an_edition_goes_on_at_the_open_pages_of_another(come, people):
    bao = come("Bao", **{FIRST: "participant", NORTH: "participant"})
    here, there = (opens(bao, edition) for edition in (FIRST, NORTH))
    withdraw(people(NORTH), bao.person)
    assert until(lambda: bao.get(f"/api/kernels/{there}").status_code != 200)
    assert bao.get(at(FIRST, "passport")).status_code == 200
    assert bao.get(at(FIRST, f"api/kernels/{here}")).status_code == 200


def test_signing_out_at_an_edition_that_one_has_left_ends_everything_elsewhere_too(come, people):
    bao = come("Bao", **{FIRST: "participant", NORTH: "participant"})
    phone = come().sign_in(bao.code)
    kernel = opens(phone, FIRST)
    withdraw(people(NORTH), bao.person)
    sent = {"_xsrf": bao.xsrf(), "everywhere": "1"}
    assert bao.post(at(NORTH, "logout"), data=sent).headers["location"] == "/login"
    for browser in (bao, phone):
        assert "/login?next=" in browser.get(at(FIRST, "passport")).headers["location"]
    assert phone.get(at(FIRST, f"api/kernels/{kernel}")).status_code == 403
    third = come().sign_in(bao.code)
    assert third.get(at(FIRST, f"api/kernels/{kernel}")).status_code == 404


def test_in_an_edition_that_is_closed_nobody_joins_or_submits_and_all_can_be_read(opened):
    server = opened()
    made = Editions(server.store)
    of = {edition: People(server.store, server.data.secret, edition) for edition in (FIRST, NORTH)}
    codes = {edition: people.open_join() for edition, people in of.items()}
    amina = of[NORTH].add("Amina")
    nadia = of[NORTH].add("Nadia", role="facilitator")
    for edition in of.values():
        for person in (amina, nadia):
            if edition.get(person.person.id) is None:
                edition.enrol(person.person.id, "participant" if person is amina else "facilitator")
    made.close(NORTH)

    with Visitor(server.root) as desk, Visitor(server.root) as reader:
        desk.sign_in(nadia.code)
        reader.sign_in(amina.code)

        def submit(edition):
            """Type in the paper of Amina and hand it in, as a facilitator does."""
            send_in = {"_xsrf": desk.xsrf(), "person": amina.person.id}
            written = {"a/what": "We went on strike", "hand-in": "1"}
            asked = desk.post(at(edition, "paper/story"), data=send_in | written).text
            sure = {name: re.search(rf'name="{name}" value="([^"]+)"', asked) for name in ("sure", "rev")}
            if not all(sure.values()):
                sure = {"sure": secrets.token_hex(8), "rev": "1"}
            else:
                sure = {name: found[1] for name, found in sure.items()}
            answer = desk.post(at(edition, "paper/story"), data=send_in | sure)
            return answer.status_code, len(
                Answers(server.store, edition).submissions("story", amina.person.id)
            )

        assert submit(NORTH) == (409, 0)
        assert submit(FIRST) == (200, 1)
        for edition, status in ((NORTH, 404), (FIRST, 200)):
            with Visitor(server.root) as dora:
                assert dora.get(f"/join/{codes[edition]}").status_code == status
                sent = {"_xsrf": dora.xsrf(), "name": "Dora", "once": secrets.token_hex(10)}
                assert dora.post(f"/join/{codes[edition]}", data=sent).status_code == status
                assert [p.display_name for p in of[edition].all() if p.display_name == "Dora"] == (
                    ["Dora"] if status == 200 else []
                )
        assert reader.get(at(NORTH, "passport")).status_code == 200
        assert reader.get(at(NORTH, "voila/render/home.ipynb")).status_code == 200
        made.reopen(NORTH)
        assert submit(NORTH) == (200, 1)
