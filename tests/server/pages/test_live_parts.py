"""Parts of the live room by themselves: committing together, lines that are slow, bytes that continue any stream."""

import asyncio
import zlib
from concurrent.futures import ThreadPoolExecutor

import pytest

from academy.errors import StoreError
from academy.live.prose import prose_html
from academy_app.server.live.event_line import EventLine
from academy_app.server.live.queue import Together
from academy_app.server.live.stream import GZIP_HEADER, event

ITEM = '<li dir="auto">'


def test_what_comes_together_is_committed_together_and_each_gets_its_own_answer():
    batches = []

    def commit(work):
        batches.append(list(work))
        return [StoreError("No.") if n % 10 == 3 else n * n for n in work]

    async def many():
        with ThreadPoolExecutor(1) as threads:
            together = Together(commit, threads)
            return await asyncio.gather(*(together(n) for n in range(50)), return_exceptions=True)

    results = asyncio.run(many())
    assert [n for batch in batches for n in batch] == list(range(50))
    assert len(batches) < 5
    assert [r if isinstance(r, int) else "refused" for r in results] == [
        "refused" if n % 10 == 3 else n * n for n in range(50)
    ]


def test_when_a_commit_fails_everybody_in_it_is_told_and_the_next_one_goes_on():
    answers = iter([OSError("no room"), None])

    def commit(work):
        if error := next(answers):
            raise error
        return list(work)

    async def twice():
        with ThreadPoolExecutor(1) as threads:
            together = Together(commit, threads)
            first = await asyncio.gather(together(1), together(2), return_exceptions=True)
            return first, await together(3)

    first, second = asyncio.run(twice())
    assert [type(error) for error in first] == [OSError, OSError]
    assert second == 3


def test_who_leaves_while_the_commit_runs_hinders_nobody():
    async def leave():
        with ThreadPoolExecutor(1) as threads:
            together = Together(list, threads)
            gone, there = asyncio.create_task(together(1)), asyncio.create_task(together(2))
            await asyncio.sleep(0)
            gone.cancel()
            return await there

    assert asyncio.run(leave()) == 2


def test_the_same_bytes_continue_every_stream():
    pieces = [event(n, {"rev": n, "text": "النقابة 日本 " * n}) for n in range(1, 6)]
    for first in range(5):
        stream = GZIP_HEADER + b"".join(piece.packed for piece in pieces[first:])
        plain = b"".join(piece.plain for piece in pieces[first:])
        unpack = zlib.decompressobj(31)
        assert unpack.decompress(stream) == plain
    assert pieces[4].plain.startswith(b'id: 5\ndata: {"rev":5,')


@pytest.mark.parametrize("slow", [False, True])
def test_a_line_that_is_too_slow_gets_the_whole_state_when_it_is_free(slow):
    async def tell():
        sent, free = [], asyncio.Event()

        async def flushed():
            await free.wait()

        def write(piece):
            sent.append(piece)
            return flushed()

        line = EventLine("p-amina", write)
        delta, whole = event(2, {"patch": {}}), event(3, {"state": {}})
        if not slow:
            free.set()
        for turn in range(3):
            line.tell(delta, lambda: whole)
            if turn == 1:
                free.set()
            await asyncio.sleep(0.01)
        line.stop()
        line.tell(delta, lambda: whole)
        return [piece is whole for piece in sent]

    assert asyncio.run(tell()) == ([False, True] if slow else [False, False, False])


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Plain & <b>simple</b>", '<p dir="auto">Plain &amp; &lt;b&gt;simple&lt;/b&gt;</p>'),
        ("**Bold** and *italic*", '<p dir="auto"><strong>Bold</strong> and <em>italic</em></p>'),
        ("2 * 3 * 4 ** 5", '<p dir="auto">2 * 3 * 4 ** 5</p>'),
        ("One\nline\n\nTwo", '<p dir="auto">One\nline</p>\n<p dir="auto">Two</p>'),
        ("Do:\n1. a\n2. b\n   c", f'<p dir="auto">Do:</p>\n<ol>\n{ITEM}a</li>\n{ITEM}b\nc</li>\n</ol>'),
        ("- a\n- [x](javascript:alert(1))", f"<ul>\n{ITEM}a</li>\n{ITEM}[x](javascript:alert(1))</li>\n</ul>"),
        ("![x](y) `c` <https://a.b>", '<p dir="auto">![x](y) `c` &lt;https://a.b&gt;</p>'),
        ("", ""),
    ],
)  # fmt: skip
def test_prompts_have_paragraphs_lists_and_emphasis_and_nothing_else(text, html):
    assert prose_html(text) == html
