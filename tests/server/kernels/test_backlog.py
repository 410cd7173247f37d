"""Limits of one page's line: what waits unread, and what may be asked."""

import asyncio
import contextlib
import os
import socket
import struct
from urllib.parse import urlsplit

import psutil
import pytest
from tornado.websocket import WebSocketClosedError

from academy_app.server.kernels.backlog import (
    BYTES_AT_ONCE,
    MESSAGES_AT_ONCE,
    STATES_A_SECOND,
    STATES_AT_ONCE,
    Allowance,
    Backlog,
    Bucket,
    HeldMessages,
)
from academy_app.server.kernels.sockets import PROTOCOL, TOO_MUCH, asks_for_states, read_frame
from tests.support.patience import SECONDS, until
from tests.support.visitor import message, run

CONTROL = {"comm_id": "control", "target_name": "jupyter.widget.control", "data": {}}
STATES = {"comm_id": "control", "data": {"method": "request_states"}}


class Clock:
    now = 1000.0

    def __call__(self):
        return self.now


def test_a_backlog_counts_what_is_not_written_yet():
    async def write():
        backlog, first, second = Backlog(most=10), asyncio.Future(), asyncio.Future()
        backlog.add(10, first)
        assert not backlog.full
        backlog.add(1, second)
        assert backlog.full
        first.set_result(None)
        await asyncio.sleep(0)
        assert (backlog.bytes, backlog.full) == (1, False)

    run(write())


def test_a_line_that_ends_with_unread_messages_is_nobodys_news():
    said = []

    async def write():
        asyncio.get_running_loop().set_exception_handler(lambda _loop, context: said.append(context))
        backlog = Backlog()
        for error in (WebSocketClosedError(), None):
            written = asyncio.Future()
            backlog.add(5, written)
            written.cancel() if error is None else written.set_exception(error)
            del written
        await asyncio.sleep(0)
        assert backlog.bytes == 0

    run(write())
    assert said == []


def test_a_bucket_fills_again_and_says_how_long_it_takes():
    clock = Clock()
    bucket = Bucket(3, 0.5, clock)
    assert [bucket.take() for _ in range(4)] == [True, True, True, False]
    assert bucket.wait() == 2
    clock.now += 2
    assert bucket.take()
    assert not bucket.take()
    clock.now += 1000
    assert bucket.left == 3


def test_a_page_may_ask_for_its_states_as_often_as_a_line_breaks_and_no_more():
    clock = Clock()
    allowance = Allowance(clock)
    assert sum(allowance.take(100, states=True) for _ in range(900)) == STATES_AT_ONCE
    assert allowance.take(100, states=False)
    clock.now += 60
    assert sum(allowance.take(100, states=True) for _ in range(900)) == 60 * STATES_A_SECOND


def test_a_page_may_send_so_many_messages_and_bytes():
    many, large = Allowance(Clock()), Allowance(Clock())
    assert sum(many.take(1, states=False) for _ in range(2000)) == MESSAGES_AT_ONCE
    assert sum(large.take(2**20, states=False) for _ in range(20)) == BYTES_AT_ONCE // 2**20


def test_a_kernel_without_a_page_is_listened_to_up_to_a_size():
    kept = HeldMessages(most=10)
    kept.append(("iopub", [b"12345", b"67890"]))
    assert kept == [("iopub", [b"12345", b"67890"])]
    kept.append(("iopub", [b"1"]))
    kept.append(("iopub", [b""]))
    assert kept == []


@pytest.mark.parametrize(
    ("frame", "asks"),
    [
        (message("comm_msg", STATES), True),
        (message("comm_msg", {"padding": "x" * 500} | STATES), True),
        (
            message("comm_msg", {"comm_id": "a", "data": {"method": "custom", "content": "request_states"}}),
            False,
        ),
        (message("comm_msg", {"comm_id": "a", "data": []}), False),
        (message("kernel_info_request", STATES), False),
    ],
)
def test_what_asks_for_states_is_known_wherever_it_stands(frame, asks):
    assert asks_for_states(read_frame(frame)) is asks


def frame_of(payload):
    """A masked binary frame of RFC 6455; the mask is zero."""
    size = len(payload)
    length = struct.pack("!B", 0x80 | size) if size < 126 else struct.pack("!BH", 0x80 | 126, size)
    return b"\x82" + length + bytes(4) + payload


def deaf(visitor, kernel):
    """Open a socket to a kernel that reads nothing but the server's consent."""
    address = urlsplit(str(visitor.base_url))
    line = socket.socket()
    line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    line.connect((address.hostname, address.port))
    line.settimeout(30)
    cookies = "; ".join(f"{name}={value}" for name, value in visitor.cookies.items())
    line.sendall(
        (
            f"GET /api/kernels/{kernel}/channels?session_id={os.urandom(8).hex()} HTTP/1.1\r\n"
            f"Host: {address.netloc}\r\nCookie: {cookies}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
            f"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n"
            f"Sec-WebSocket-Protocol: {PROTOCOL}\r\n\r\n"
        ).encode()
    )
    said = b""
    while b"\r\n\r\n" not in said:
        said += line.recv(1)
    assert b" 101 " in said
    return line


def test_sockets_that_never_read_do_not_fill_the_servers_memory(server, visit):
    amina = visit("Amina")
    kernel = amina.open("wide.ipynb")
    process = psutil.Process(server.process.pid)
    before, logged = process.memory_info().rss, server.log.stat().st_size
    lines = [deaf(amina, kernel) for _ in range(4)]
    for line in lines:  # whichever is closed first, the others go on asking, each for sixty megabytes
        with contextlib.suppress(OSError):
            line.sendall(frame_of(message("comm_open", CONTROL, metadata={"version": "1.0.0"})))
            for _ in range(STATES_AT_ONCE):
                line.sendall(frame_of(message("comm_msg", STATES, id_=os.urandom(8).hex())))

    grown, ours = [], {line.getsockname()[1] for line in lines}

    def gone():
        grown.append(process.memory_info().rss - before)
        return not ours & {found.raddr.port for found in process.net_connections("tcp") if found.raddr}

    assert until(gone), "the server keeps a socket that does not read"
    for line in lines:
        line.close()
    assert max(grown) < 150 * 2**20
    assert amina.get(f"api/kernels/{kernel}").status_code == 200
    assert b"Traceback" not in server.log.read_bytes()[logged:]


def test_a_page_that_asks_for_its_states_again_and_again_is_closed(visit):
    amina = visit("Amina")

    async def ask():
        asking = await amina.socket(amina.open())
        with contextlib.suppress(WebSocketClosedError):
            for _ in range(3000):
                await asking.write_message(message("comm_msg", STATES), binary=True)
        while await asyncio.wait_for(asking.read_message(), SECONDS) is not None:
            pass
        return asking.close_code

    assert run(ask()) == TOO_MUCH
