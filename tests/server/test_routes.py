"""Which addresses are answered at all."""

import errno
import re
from dataclasses import replace
from itertools import product
from types import SimpleNamespace

import pytest
from tornado.routing import PathMatches
from voila.app import Voila

from academy.data import DataFolder
from academy.errors import CourseError
from academy_app.server.app import AcademyServer
from academy_app.server.options import ServeOptions
from academy_app.server.routes import routes
from academy_app.server.routing import InEdition, edition_in
from academy_app.server.serve import _listen_on, _sentence
from academy_app.server.site import Site

SERVED = {
    "/": "CoursesHandler",
    "/login": "LoginHandler",
    "/logout": "LogoutHandler",
    "/language": "LanguageHandler",
    r"/j/([\w-]{1,200})": "LinkHandler",
    "/join/([^/]{1,100})": "JoinHandler",
    "/reviews/([a-z0-9-]{1,64})/([a-z-]{1,16})": "ReviewHandler",
    "/passport": "TakeHandler",
    r"/passport/file\.(pdf|html|docx|json)": "ExportHandler",
    "/passport/start": "PassportStartHandler",
    "/paper": "TypedHandler",
    "/paper/([a-z0-9_-]{1,64})": "TypedHandler",
    "/live": "CodeHandler",
    "/live/start": "LiveStartHandler",
    "/live/now": "NowHandler",
    "/live/at/([a-z0-9_-]{1,64})": "AtHandler",
    "/live/([^/]{1,100})": "JoinLiveHandler",
    "/live/([^/]{1,100})/answer": "AnswerHandler",
    "/live/([^/]{1,100})/state": "StateHandler",
    "/live/([^/]{1,100})/mine": "MineHandler",
    "/live/([^/]{1,100})/events": "EventsHandler",
    "/live/([^/]{1,100})/desk": "PresenterViewHandler",
    "/live/([^/]{1,100})/control": "ControlHandler",
    r"/live/([^/]{1,100})/results\.(csv|json)": "ResultsHandler",
    r"/live/([^/]{1,100})/results\.(svg|png)": "PictureHandler",
    "/voila/render/(.+)": "CoursePage",
    r"/present/qr/([A-Za-z0-9]{4,12})\.svg": "JoinPicture",
    r"/present/([\w/-]{1,100}(?:\.ipynb)?)": "PresentPage",
    "/voila/full/(.+)": "FullPage",
    "/voila/(static|templates/lab/static|labextensions|api/themes)/(.+)": "FullPageFiles",
    "/place/(.+)": "PlaceHandler",
    r"/api/kernels/(?P<kernel_id>\w+-\w+-\w+-\w+-\w+)": "KernelHandler",
    r"/api/kernels/(?P<kernel_id>\w+-\w+-\w+-\w+-\w+)/channels": "KernelSocket",
    r"/voila/api/shutdown/(?P<kernel_id>\w+-\w+-\w+-\w+-\w+)": "ShutdownHandler",
    r"/offline/([a-z0-9_-]{1,64})\.html": "OfflineFormHandler",
    r"/paper/([a-z0-9_-]{1,64})\.json": "SheetHandler",
    "/answers": "AnswersHandler",
    "/answers/([a-z0-9_-]{1,64})": "AnswersHandler",
    r"/assets/([\w.-]+)": "AssetHandler",
    r"/widgets/([\w-]+\.\w+)": "WidgetCodeHandler",
    "/calendar.ics": "CalendarHandler",
    "/healthz": "HealthHandler",
}
VOILAS = {
    "/",
    "/api/kernels/<kernel>",
    "/api/kernels/<kernel>/channels",
    "/voila/api/contents<path>",
    "/voila/api/shutdown/(.*)",
    "/voila/api/themes/(.*)",
    "/voila/files/(.*)",
    "/voila/labextensions/(.*)",
    "/voila/render/(.*)",
    "/voila/static/(.*)",
    "/voila/templates/(.*)",
    "/voila/tree<path>",
}
"""What Voilà 0.5 would serve with our settings. A new address here is one to think about."""

CLOSED = [
    "api",
    "api/config/notebook",
    "api/contents",
    "api/contents/home.ipynb",
    "api/kernels",
    "api/kernelspecs",
    "api/me",
    "api/sessions",
    "api/spec.yaml",
    "api/status",
    "api/terminals",
    "edit/home.ipynb",
    "files/home.ipynb",
    "lab",
    "metrics",
    "nbextensions/x.js",
    "notebooks/home.ipynb",
    "static/style/style.min.css",
    "terminals/1",
    "tree",
    "view/home.ipynb",
    "voila/api/contents",
    "voila/api/contents/home.ipynb",
    "voila/execution/0f0f0f0f-0000-0000-0000-000000000000",
    "voila/files/home.ipynb",
    "voila/files/notes.txt",
    "voila/query/0f0f0f0f-0000-0000-0000-000000000000",
    "voila/templates/academy/static/x.css",
    "voila/tree",
    "voila/tree/facilitator",
]


def test_exactly_these_addresses_are_served_and_each_within_every_edition():
    listed = routes("/", {}, "north".__eq__)
    plain = [route for route in listed if isinstance(route[0], str)]
    within = [route for route in listed if isinstance(route[0], InEdition)]
    assert len(plain) == len(within) == len(listed) / 2 == len(SERVED)
    assert {route[0]: route[1].__name__ for route in plain} == SERVED
    for (pattern, handler, *settings), (matcher, *same) in zip(plain, within, strict=True):
        assert same == [handler, *settings]
        address = sample(pattern)
        request = SimpleNamespace(path=f"/c/north{address}")
        assert matcher.match(request) == PathMatches(pattern).match(SimpleNamespace(path=address))
        assert (request.edition, request.path) == ("north", f"/c/north{address}")
        for other in (address, f"/c/south{address}", f"/c/north/c/north{address}", f"/c{address}"):
            assert matcher.match(SimpleNamespace(path=other)) is None, other


@pytest.mark.parametrize(
    ("address", "base", "edition"),
    [
        ("/c/north", "/", "north"),
        ("/c/north/", "/", "north"),
        ("/c/north?x=/c/south/", "/", "north"),
        ("/kit/c/north/passport", "/kit/", "north"),
        *((address, "/", None) for address in ("", "/", "/c/", "/c//", "/c/North/", "/c/a.b/", "c/north/")),
        *(
            (address, "/", None)
            for address in ("/x/c/north/", "//c/north/", "/c/../c/north/", "/c/" + "a" * 65)
        ),
        ("/c/north/", "/kit/", None),
        ("c/north/", "/kit/", None),
    ],
)
def test_an_address_names_the_edition_that_it_begins_with_and_no_other(address, base, edition):
    assert edition_in(address, base) == edition


def test_voila_offers_no_address_that_nobody_has_thought_about(tmp_path, pages):
    folders = {"notebooks": pages / "notebooks", "template": pages / "template", "assets": pages / "assets"}
    site = Site(ServeOptions(data=DataFolder.create(tmp_path / "data"), **folders))
    sockets = _listen_on("127.0.0.1", 0)
    try:
        server = AcademyServer(site, sockets)
        server.initialize([])
        server.init_settings()
        offered = {PathMatches(route[0]).regex.pattern.rstrip("$") for route in Voila.init_handlers(server)}
    finally:
        for opened in sockets:
            opened.close()
        site.store.close()
    plain = {
        pattern.replace(r"(?P<kernel_id>\w+-\w+-\w+-\w+-\w+)", "<kernel>").replace(
            "(?P<path>(?:(?:/[^/]+)+|/?))", "<path>"
        )
        for pattern in offered
    }
    assert plain == VOILAS


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (
            errno.EADDRINUSE,
            "Port 80 is in use already. Stop the program that has it, or choose another: --port 81",
        ),
        (errno.EACCES, "You may not open port 80. Choose one above 1023, such as 8866."),
        (errno.EPERM, "You may not open port 80. Choose one above 1023, such as 8866."),
        (errno.EADDRNOTAVAIL, "The address 192.0.2.1 is not one of this machine's."),
    ],
)
def test_why_a_port_can_not_be_opened_is_said_with_what_to_do(number, said):
    assert _sentence(OSError(number, "no"), "192.0.2.1", 80).startswith(said)


@pytest.mark.parametrize(("given", "base"), [("", "/"), ("/", "/"), ("kit", "/kit/"), ("/a/b/", "/a/b/")])
def test_a_base_url_has_a_slash_at_both_ends(tmp_path, given, base):
    assert ServeOptions(data=DataFolder.create(tmp_path / "data"), base_url=given).base == base


def test_a_course_need_only_be_named_where_there_are_several(tmp_path, monkeypatch):
    monkeypatch.setenv("ACADEMY_EXERCISES", str(tmp_path))
    options = ServeOptions(data=DataFolder.create(tmp_path / "data"))
    with pytest.raises(
        CourseError, match=f"There is no course in {options.data.path / 'exercises'}. Make one with"
    ):
        options.course_id()
    for course in ("second", "first"):
        (tmp_path / course).mkdir()
        (tmp_path / course / "course.yaml").touch()
        if course == "second":
            assert options.course_id() == "second"
    with pytest.raises(CourseError, match="Choose one with --course: first, second"):
        options.course_id()
    assert replace(options, course="third").course_id() == "third"


FOR_ALL = {
    "/": "it shows the courses on offer; an edition's leads to its first page",
    "/login": "one comes in here",
    "/logout": "whoever is nobody stays nobody",
    "/language": "the sign-in page is read too",
    r"/j/([\w-]{1,200})": "the word in it says who it is",
    "/join/([^/]{1,100})": "the word in it lets people in",
    "/live": "guests type the code of a room",
    r"/assets/([\w.-]+)": "built files are everybody's",
    "/healthz": "it says nothing but that",
}
PARTS = ("x", "week-1", "home.ipynb", "static/x", "abcd", "0f0f0f0f-0f0f-0f0f-0f0f-0f0f0f0f0f0f", "x.js")
PARTS += ("pdf", "csv", "svg", "lab/x")


def sample(pattern):
    """An address that a route answers."""
    for part in PARTS:
        address = re.sub(r"\((?:[^()]|\([^()]*\))*\)", part, pattern).replace("\\.", ".")
        if re.fullmatch(pattern, address):
            return address
    if pattern.startswith("/voila/(static"):
        return "/voila/static/x"
    raise AssertionError(f"write down what {pattern} answers")


@pytest.mark.parametrize("pattern", [pattern for pattern in SERVED if pattern not in FOR_ALL])
def test_nobody_gets_nothing_but_the_way_in(visit, server, pattern):
    """A new route is tried here by whoever forgets to, within the edition and without one."""
    address = sample(pattern)
    within = f"/c/{server.edition}{address}"
    for method, asked in product(("GET", "POST", "PUT", "DELETE"), (within, address)):
        nobody = visit()  # who is refused before the body was read is cut off
        answer = nobody.request(method, asked, headers={"X-XSRFToken": nobody.xsrf()})
        assert answer.status_code in (302, 303, 401, 403, 404, 405), (method, asked, answer.text)
        if answer.status_code in (302, 303):
            there = answer.headers["location"]
            moved = method == "GET" and (asked, there) == (address, within)
            assert moved or "/login" in there, (method, asked)


@pytest.mark.parametrize("role", [None, "participant", "facilitator"])
def test_everything_else_is_a_page_that_says_so(visit, role):
    visitor = visit(role and "Somebody", role=role or "participant")
    for address in CLOSED:
        for method in ("GET", "POST", "PUT", "DELETE"):
            answer = visitor.request(method, address)
            assert answer.status_code == 404, (method, address)
            assert "There is no such page" in answer.text
            assert "Traceback" not in answer.text


def test_the_page_that_is_not_there_speaks_the_persons_language(server, visit):
    new = server.people.add("Amina", language="ar")
    assert '<html lang="ar" dir="rtl">' in visit().sign_in(new.code).get("nowhere").text


def test_health_is_answered_without_signing_in(visit):
    for method in ("GET", "HEAD"):
        answer = visit().request(method, "healthz")
        assert (answer.status_code, answer.content) == (204, b"")


def test_built_files_are_served_by_their_hashed_names_for_ever(visit):
    answer = visit().get("assets/page-1A2B.js")
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["content-type"] == "text/javascript; charset=utf-8"
    assert answer.headers["content-encoding"] == "gzip"
    assert "set-cookie" not in answer.headers
    plain = visit(headers={"Accept-Encoding": "identity"}).get("assets/page-1A2B.js")
    assert "content-encoding" not in plain.headers
    assert plain.text == answer.text


@pytest.mark.parametrize(
    "file",
    [
        "page-1A2B.js.map",
        "manifest.json",
        "page.js",
        "..%2fout.js",
        "%2e%2e/out.js",
        "../out.js",
        "page-1A2B.js%00",
    ],
)
def test_other_files_are_not(visit, file):
    assert visit("Amina").get(f"assets/{file}").status_code == 404
