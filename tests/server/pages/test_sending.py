"""How a page is sent piece by piece, and what becomes of it when its kernel or its reader goes, without a server."""

import asyncio
import logging
from pathlib import Path
from types import SimpleNamespace

import nbformat
import pytest
from tornado import web
from tornado.iostream import StreamClosedError

from academy_app.server.pages.full import FullPage, FullRenderer
from academy_app.server.pages.handlers import CoursePage, RenderError, WidgetCodeHandler
from academy_app.server.pages.running import KernelSilentError
from tests.support.patience import SECONDS

BEAT = "<!-- still starting -->\n"
PAGE = SimpleNamespace(path="home.ipynb", file=Path("home.ipynb"), full=False)
TEXTS = {"failed_start": "The page <did not> start.", "reopen": "Open it again"}


class Page:
    """A handler of a page: what it writes, and what it asks of others."""

    leads_on, base_url, lang = True, "/kit/", "en"
    _gone = _begun = False
    visitor = current_user = SimpleNamespace(person_id="p-amina", role="participant")
    edition = SimpleNamespace(id="north")

    def __init__(self, **more):
        self.written, self.finished, self.errors, self.ended = [], [], [], []
        self.redirected, self.started = [], []
        self.log = logging.getLogger("tests.server.pages")
        self.request = SimpleNamespace(headers={})
        self.kernel_manager = SimpleNamespace(
            owners={"k": 1}, end=self._end, start_for=self._start, get_kernel=lambda id_: id_
        )
        self.headers = {}
        vars(self).update(more)

    async def _end(self, kernel_id, *, now):
        self.ended.append((kernel_id, now))

    async def _start(self, *what):
        self.started.append(what)
        return "k"

    def set_header(self, name, value):
        self.headers[name] = value

    def write(self, text):
        self.written.append(text)

    async def flush(self):
        if self.flushed is not None:
            self.flushed.set()

    flushed = None

    def finish(self, text=None):
        self.finished.append(text)

    def send_error(self, status):
        self.errors.append(status)

    def redirect(self, address):
        self.redirected.append(address)


class Notebook:
    """A renderer that was closed, or not."""

    closed = False

    def __init__(self):
        self.academy = {"texts": TEXTS}

    def close(self):
        self.closed = True

    def pieces(self, *_):
        return "pieces"


async def late(free, left):
    """A piece that comes when it may."""
    try:
        await asyncio.wait_for(free.wait(), SECONDS)
        yield "<p>piece</p>", {}
    finally:
        left.append(True)


def test_while_a_piece_is_awaited_the_line_is_kept_open():
    async def work():
        page = Page(flushed=asyncio.Event())
        pieces = late(page.flushed, [])
        found = [await CoursePage._next(page, pieces, "k", look=0.01, beat=0.02) for _ in range(2)]
        return found, page.written, page._begun

    assert asyncio.run(work()) == (["<p>piece</p>", None], [BEAT], True)


@pytest.mark.parametrize(
    ("kernel", "gone", "error"), [("k", True, StreamClosedError), ("ended", False, RenderError)]
)
def test_nobody_waits_on_for_a_page_whose_reader_or_kernel_is_gone(kernel, gone, error):
    async def work():
        left = []
        with pytest.raises(error):
            await CoursePage._next(Page(_gone=gone), late(asyncio.Event(), left), kernel, look=0.01)
        return left

    assert asyncio.run(work()) == [True]


def test_all_pieces_are_sent_and_the_page_is_finished():
    async def two():
        yield "one", {}
        yield "two", {}

    page = Page()
    page._next = lambda pieces, kernel_id: CoursePage._next(page, pieces, kernel_id)
    asyncio.run(CoursePage._send_all(page, two(), "k"))
    assert (page.written, page.finished, page._begun) == (["one", "two"], [None], True)


@pytest.mark.parametrize(
    ("state", "errors", "written"),
    [
        ({}, [500], 0),
        ({"_begun": True}, [], 1),
        ({"_gone": True}, [], 0),
        ({"_gone": True, "_begun": True}, [], 0),
    ],
)
def test_a_page_that_is_given_up_ends_in_a_sentence_and_its_kernel_with_it(state, errors, written):
    page, notebook = Page(**state), Notebook()
    asyncio.run(CoursePage._give_up(page, notebook, "k"))
    assert (page.errors, len(page.written), len(page.finished)) == (errors, written, written)
    assert (notebook.closed, page.ended) == (True, [("k", True)])
    if written:
        assert "The page &lt;did not&gt; start.</p>" in page.written[0]
        assert '<a href="">Open it again</a>' in page.written[0]


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (None, ""),
        (KernelSilentError(), "The page home.ipynb was not finished: KernelSilentError"),
        (StreamClosedError(), "The page home.ipynb was not finished: StreamClosedError"),
        (ValueError("x"), "The page home.ipynb failed."),
    ],
)
def test_whatever_goes_wrong_with_a_page_it_is_given_up_and_told_to_the_log(error, said, caplog):
    given_up, notebook, turn = [], Notebook(), SimpleNamespace(has_kernel=False)

    async def send(renderer, kernel_id):
        if error:
            raise error

    async def give_up(*what):
        given_up.append(what)

    page = Page(_renderer=lambda *_: notebook, _send=send, _give_up=give_up)
    asyncio.run(CoursePage._open(page, PAGE, page.visitor, turn))
    assert turn.has_kernel
    assert page.started == [(page.visitor, page.edition, PAGE.file.parent)]
    assert given_up == ([(notebook, "k")] if error else [])
    assert [record.getMessage() for record in caplog.records] == ([said] if said else [])
    assert ("Traceback" in caplog.text) is isinstance(error, ValueError)


@pytest.mark.parametrize("gone", [False, True])
@pytest.mark.parametrize(
    ("error", "traceback"), [(RenderError(), False), (StreamClosedError(), False), (ValueError("x"), True)]
)
def test_a_full_page_that_fails_ends_in_a_sentence(error, traceback, gone, caplog):
    async def renderer(_page):
        return Notebook()

    async def send(*_):
        raise error

    page, turn = Page(_full_renderer=renderer, _send_all=send, _gone=gone), SimpleNamespace(has_kernel=False)
    asyncio.run(FullPage._open(page, PAGE, page.visitor, turn))
    assert (turn.has_kernel, page.ended) == (True, [("k", True)])
    assert page.started == [(page.visitor, page.edition, PAGE.file.parent)]
    assert ("Traceback" in caplog.text) is traceback
    assert "The full page home.ipynb was not finished" in caplog.text
    assert [text[:3] for text in page.finished] == ([] if gone else ["<p>"])


@pytest.mark.parametrize(
    ("output", "kept"),
    [
        (nbformat.v4.new_output("error", ename="E", evalue="secret", traceback=[]), False),
        (nbformat.v4.new_output("stream", name="stderr", text="secret"), False),
        (nbformat.v4.new_output("stream", name="stdout", text="said"), True),
        (nbformat.v4.new_output("display_data", data={"text/plain": "seen"}), True),
    ],
)
def test_where_a_cell_of_a_full_page_failed_stands_a_sentence(output, kept):
    shown = FullRenderer._without_traceback(SimpleNamespace(sentence="This part failed."), output)
    if kept:
        assert shown is output
    else:
        assert shown == nbformat.v4.new_output("stream", name="stdout", text="This part failed.")


def opened(page, found=PAGE, turn=None):
    """Open a page as its handler does, when it is somebody's turn."""
    done = []

    async def come(*_):
        return turn and SimpleNamespace(abandon=lambda: done.append("left"), done=lambda: done.append("done"))

    async def open_page(*_):
        done.append("open")

    page._page, page._turn, page._open = lambda path: found, come, open_page
    asyncio.run(CoursePage.get(page, "home.ipynb"))
    return done


def test_a_page_is_opened_when_it_is_its_turn_and_the_next_one_comes_then():
    assert opened(Page(), turn=True) == ["open", "done"]
    assert opened(Page(_gone=True), turn=True) == ["open", "left"]
    assert opened(Page(), turn=None) == []


@pytest.mark.parametrize("header", ["Sec-Purpose", "Purpose"])
def test_a_page_at_which_nobody_looks_yet_gets_no_kernel(header):
    page = Page()
    page.request.headers = {header: "prefetch;prerender"}
    with pytest.raises(web.HTTPError) as refused:
        opened(page, turn=True)
    assert refused.value.status_code == 503


def test_a_page_that_wants_to_be_full_is_opened_as_one():
    full = SimpleNamespace(path="lab.ipynb", folder="", full=True)
    page = Page()
    assert opened(page, full, turn=True) == []
    assert page.redirected == ["/kit/voila/full/lab.ipynb"]
    assert opened(Page(leads_on=False), full, turn=True) == ["open", "done"]


def test_a_widgets_code_is_kept_by_the_browser_of_whose_page_it_is():
    asked = []
    store = SimpleNamespace(read=lambda *what: asked.append(what) or (b"export {}", "text/javascript"))
    page = Page(site=SimpleNamespace(widget_code=store))
    WidgetCodeHandler.get(page, "a.js")
    assert (asked, page.finished) == ([("p-amina", "a.js")], [b"export {}"])
    assert page.headers == {
        "Content-Type": "text/javascript",
        "Cache-Control": "private, max-age=31536000, immutable",
    }
    for nobody in (Page(site=page.site, visitor=None), Page(site=SimpleNamespace(widget_code=Missing))):
        with pytest.raises(web.HTTPError) as refused:
            WidgetCodeHandler.get(nobody, "a.js")
        assert refused.value.status_code == 404


class Missing:
    @staticmethod
    def read(*_):
        return None
