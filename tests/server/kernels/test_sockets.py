"""What passes between a page and its kernel."""

import asyncio

import pytest
from tornado.httpclient import HTTPClientError

from tests.support.visitor import message, run, unpacked

DEADLINE = 30


async def until(socket, kind, parent=None):
    """Read until a message of this kind; returns all that was read."""
    seen = []
    while True:
        frame = await asyncio.wait_for(socket.read_message(), DEADLINE)
        assert frame is not None, f"closed with {socket.close_code} after {[m['kind'] for m in seen]}"
        seen.append(unpacked(frame))
        if seen[-1]["kind"] == kind and parent in (None, seen[-1]["parent"]):
            return seen


async def close_code(socket):
    while await asyncio.wait_for(socket.read_message(), DEADLINE) is not None:
        pass
    return socket.close_code


@pytest.fixture
def amina(visit):
    return visit("Amina")


def test_a_page_talks_to_its_kernel(amina):
    async def talk():
        socket = await amina.socket(amina.open())
        assert socket.selected_subprotocol == "v1.kernel.websocket.jupyter.org"
        await socket.write_message(message("kernel_info_request", {}), binary=True)
        return (await until(socket, "kernel_info_reply"))[-1]

    assert run(talk())["content"]["status"] == "ok"


@pytest.mark.parametrize("protocols", [["v0.kernel"], ["v1.kernel"], ["kernel.v5.2"]])
def test_a_socket_that_speaks_another_protocol_is_refused(amina, protocols):
    with pytest.raises(HTTPClientError) as error:
        run(amina.socket(amina.open(), *protocols))
    assert error.value.code == 400


def test_a_socket_that_names_no_protocol_is_refused(amina):
    from tornado.httpclient import HTTPRequest
    from tornado.websocket import websocket_connect

    kernel = amina.open()
    cookies = "; ".join(f"{name}={value}" for name, value in amina.cookies.items())
    address = f"{amina.base_url}api/kernels/{kernel}/channels".replace("http", "ws", 1)

    async def connect():
        await websocket_connect(HTTPRequest(address, headers={"Cookie": cookies}))

    with pytest.raises(HTTPClientError) as error:
        run(connect())
    assert error.value.code == 400


@pytest.mark.parametrize("channel", ["shell", "control"])
def test_a_page_cannot_run_code(amina, server, tmp_path, channel):
    proof = tmp_path / "ran"
    code = f"open({str(proof)!r}, 'w').close()"

    async def talk():
        socket = await amina.socket(amina.open())
        run = {
            "code": code,
            "silent": False,
            "store_history": False,
            "user_expressions": {},
            "allow_stdin": False,
        }
        for kind in ("execute_request", "complete_request", "inspect_request", "debug_request", "eval", ""):
            await socket.write_message(message(kind, run, channel), binary=True)
        await socket.write_message(message("kernel_info_request", {}), binary=True)
        return await until(socket, "kernel_info_reply")

    seen = run(talk())
    assert not proof.exists()
    assert {m["kind"] for m in seen} <= {"status", "kernel_info_reply", "iopub_welcome"}


def test_a_page_may_ask_for_its_widgets_and_open_nothing_else(amina):
    async def talk():
        socket = await amina.socket(amina.open())
        for target in ("jupyter.widget", "jupyter.widget.control", "anything"):
            content = {"comm_id": target, "target_name": target, "data": {}}
            await socket.write_message(message("comm_open", content), binary=True)
        await socket.write_message(message("comm_info_request", {}), binary=True)
        return await until(socket, "comm_info_reply")

    seen = run(talk())
    answered = [m["content"].get("comm_id") for m in seen if m["kind"] == "comm_close"]
    assert set(answered) <= {"jupyter.widget.control"}
    assert set(seen[-1]["content"]["comms"]) <= {"jupyter.widget.control"}


def test_a_message_that_is_sent_again_on_a_new_socket_reaches_the_kernel_once(amina):
    async def talk():
        kernel = amina.open()
        old, new = await amina.socket(kernel), await amina.socket(kernel)
        await new.write_message(message("kernel_info_request", {}), binary=True)
        await until(new, "status", "kernel_info_request")  # it listens from here on
        content = {"comm_id": "none", "data": {}}
        await old.write_message(message("comm_msg", content, id_="the-same"), binary=True)
        await until(old, "status", "comm_msg")
        await new.write_message(message("comm_msg", content, id_="the-same"), binary=True)
        await new.write_message(message("comm_info_request", {}), binary=True)
        return await until(new, "status", "comm_info_request")

    begun = [
        m for m in run(talk()) if m["parent"] == "comm_msg" and m["content"].get("execution_state") == "busy"
    ]
    assert len(begun) == 1


@pytest.mark.parametrize(
    "frame",
    [
        b"",
        b"\xff" * 8,
        b"\xff" * 400,
        (2**63).to_bytes(8, "little") + b"\0" * 100,
        message("comm_msg", {})[:-5],
        message("comm_msg", {}).replace(b'"comm_msg"', b"1234567890"),
        message("comm_msg", {}).replace(b'{"msg_id"', b'["msg_id"'),
        b"[" * 100_000,
    ],
    ids=["empty", "huge count", "all ones", "2^63", "cut", "no type", "no json", "deep"],
)
def test_what_is_no_message_closes_its_socket_and_nothing_else(amina, server, frame):
    async def talk():
        kernel = amina.open()
        good, bad = await amina.socket(kernel), await amina.socket(kernel)
        await bad.write_message(frame, binary=True)
        assert await close_code(bad) == 1003
        await good.write_message(message("kernel_info_request", {}), binary=True)
        await until(good, "kernel_info_reply")

    run(talk())


def test_a_page_says_how_it_is_to_the_server_and_not_to_the_kernel(amina):
    async def talk():
        kernel = amina.open()
        page, other = await amina.socket(kernel), await amina.socket(kernel)
        await page.write_message(message("presence", {"hidden": True, "unsaved": False}, "page"), binary=True)
        await page.write_message(message("comm_info_request", {}), binary=True)
        heard = await until(other, "status", "comm_info_request")
        # What the kernel says of earlier requests, such as the server's own, may come between; of this one nothing.
        assert "presence" not in {m["parent"] for m in heard}
        for wrong in (
            [],
            {},
            {"hidden": 1, "unsaved": 2},
            {"person": "p-000000"},
            {"hidden": False, "unsaved": False, "read": 1},
            "x" * 5000,
        ):
            bad = await amina.socket(kernel)
            await bad.write_message(message("presence", wrong, "page"), binary=True)
            assert await close_code(bad) == 1003
        await page.write_message(message("comm_info_request", {}), binary=True)
        await until(page, "comm_info_reply")

    run(talk())


def test_a_message_that_is_too_large_closes_its_socket(amina):
    async def talk():
        socket = await amina.socket(amina.open())
        # Only the head of the frame: with a body on its way the connection is reset, and the code may be lost in that.
        masked, long = 0x80, 127
        head = bytes([0x82, masked | long]) + (1024 * 1024 + 1).to_bytes(8, "big")
        await socket.protocol.stream.write(head)
        return await close_code(socket)

    assert run(talk()) == 1009


def test_the_newest_four_sockets_of_a_page_stay(amina):
    async def talk():
        kernel = amina.open()
        sockets = [await amina.socket(kernel) for _ in range(5)]
        assert await close_code(sockets[0]) == 1008
        await sockets[-1].write_message(message("kernel_info_request", {}), binary=True)
        await until(sockets[-1], "kernel_info_reply")

    run(talk())
