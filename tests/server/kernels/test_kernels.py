"""Kernels: how many, how long, and what is left of them."""

import asyncio
import os
import re
import signal
from concurrent.futures import ThreadPoolExecutor

import psutil
import pytest

from tests.support.patience import SECONDS
from tests.support.server import gone
from tests.support.visitor import Visitor, run


def kernel_of(server, visitor, page="home.ipynb"):
    """Open a page; return its kernel's id and process."""
    before = {process.pid for process in server.kernels()}
    id_ = visitor.open(page)
    new = [process for process in server.kernels() if process.pid not in before]
    assert len(new) == 1
    return id_, new[0]


def running(answer):
    """Read a page that never ends until its kernel runs. Keep what is returned: without it the line is closed."""
    read, pieces = "", answer.iter_text()
    for piece in pieces:
        read += piece
        if 'id="kernel"' in read:
            return pieces
    raise AssertionError(read)


async def closed(socket):
    while await asyncio.wait_for(socket.read_message(), SECONDS) is not None:
        pass
    return socket.close_code


@pytest.fixture(scope="module")
def academy_server(start):
    return start(kernels_per_person=2, max_kernels=6, idle_minutes=60)


def test_a_person_keeps_the_newest_pages(server, visit):
    amina = visit("Amina")
    first, process = kernel_of(server, amina)
    second, third = amina.open(), amina.open()
    assert gone([process])
    assert [amina.get(f"api/kernels/{id_}").status_code for id_ in (first, second, third)] == [404, 200, 200]


def test_a_page_without_a_connection_goes_first(server, visit):
    amina = visit("Amina")

    async def talk():
        held = amina.open()
        socket = await amina.socket(held)
        left, process = kernel_of(server, amina)
        newest = amina.open()
        assert gone([process])
        assert [amina.get(f"api/kernels/{id_}").status_code for id_ in (held, left, newest)] == [
            200,
            404,
            200,
        ]
        socket.close()

    run(talk())


def test_a_kernel_that_died_is_gone_and_its_page_is_told(server, visit):
    amina = visit("Amina")

    async def talk():
        id_, process = kernel_of(server, amina)
        socket = await amina.socket(id_)
        process.send_signal(signal.SIGKILL)
        assert await closed(socket) == 4404
        assert amina.get(f"api/kernels/{id_}").status_code == 404
        return process

    assert gone([run(talk())])


def test_leaving_before_the_page_is_ready_leaves_no_kernel(server, visit):
    amina, before = visit("Amina"), {process.pid for process in server.kernels()}
    with amina.stream("GET", "voila/render/slow.ipynb") as answer:
        line = running(answer)
        server.wait_for_kernels(len(before) + 1)
        kernels = [process for process in server.kernels() if process.pid not in before]
        del line
    assert len(kernels) == 1
    assert gone(kernels)


def test_when_all_places_are_taken_the_page_says_so_and_tries_again(server, visit):
    people = [visit(f"Person {number}") for number in range(4)]
    with ThreadPoolExecutor(
        2 * len(people)
    ) as pool:  # who is refused was kept at the door for a while before
        answers = list(pool.map(lambda visitor: visitor.get("voila/render/home.ipynb"), 2 * people))
    assert len(server.kernels()) == 6
    refused = next(answer for answer in answers if answer.status_code != 200)
    assert refused.status_code == 503
    assert int(refused.headers["retry-after"]) > 0
    assert '<meta http-equiv="refresh"' in refused.text
    assert re.search(r"You are number \d\. All places are taken just now\.", refused.text)


def test_a_kernel_without_a_page_is_culled(start):
    server = start(idle_minutes=2 / 60)
    with Visitor(server.url) as amina:
        amina.sign_in(server.people.add("Amina").code)
        _, process = kernel_of(server, amina)
        assert gone([process])


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGHUP, signal.SIGKILL], ids=lambda s: s.name)
def test_no_kernel_outlives_its_server(start, end):
    server = start()
    with Visitor(server.url) as amina:
        amina.sign_in(server.people.add("Amina").code)
        amina.open()
        with amina.stream("GET", "voila/render/slow.ipynb") as answer:
            line = running(answer)
            kernels = server.wait_for_kernels(2)
            os.kill(server.process.pid, end)
            status = server.process.wait(SECONDS)
            del line
    assert gone(kernels)
    assert status == (-signal.SIGKILL if end == signal.SIGKILL else 0)
    assert not psutil.pid_exists(server.process.pid)
