"""How little a room weighs."""

import re
import secrets
import socket
import zlib
from urllib.parse import urlsplit

from tests.server.live.rooms import Events, guest

BROWSER = (
    "User-Agent: Mozilla/5.0 (Linux; Android 13; Mobile) AppleWebKit/537.36 "
    "(KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36\r\n"
    "Accept-Language: en-GB,en;q=0.9\r\nAccept-Encoding: gzip, deflate, br\r\nSec-Fetch-Site: same-origin\r\n"
    "Sec-Fetch-Mode: cors\r\nSec-Fetch-Dest: empty\r\nCache-Control: no-cache\r\n"
)


def exchange(visitor, method, address, body="", more=""):
    """Send as a browser does; returns the bytes sent, the bytes that came, and the body."""
    parts = urlsplit(str(visitor.base_url))
    cookies = "; ".join(f"{name}={value}" for name, value in visitor.cookies.items())
    head = f"{method} /{address} HTTP/1.1\r\nHost: {parts.netloc}\r\n{BROWSER}{more}Cookie: {cookies}\r\nOrigin: http://{parts.netloc}\r\n"
    request = f"{head}Content-Length: {len(body)}\r\nConnection: close\r\n\r\n{body}".encode()
    with socket.create_connection((parts.hostname, parts.port), timeout=120) as line:
        line.sendall(request)
        got = b"".join(iter(lambda: line.recv(65536), b""))
    return len(request), len(got), got


def test_a_vote_weighs_two_kilobytes_both_ways_at_the_most(desk, visit):
    desk.press("open", activity="drivers")
    amina = guest(visit, desk.room, "Amina")
    page = amina.get(f"live/{desk.room.code}").text
    xsrf = re.search(r'name="_xsrf" value="([^"]+)"', page)[1].replace("|", "%7C")
    body = f"_xsrf={xsrf}&activity=drivers&id={secrets.token_hex(12)}&p-climate=1&p-platforms=2&p-ageing=3"
    referer = f"Referer: {amina.base_url}live/{desk.room.code}\r\n"
    more = f"Content-Type: application/x-www-form-urlencoded\r\nAccept: application/json\r\n{referer}"
    up, down, got = exchange(amina, "POST", f"live/{desk.room.code}/answer", body, more)
    assert b'"received"' in got
    assert up + down <= 2048, (up, down)


def test_the_first_load_is_small_and_takes_three_requests(desk, visit):
    for number in range(1, 8):
        desk.press("spot", title=f"Question {number}?", options=["Yes", "No"])
    desk.press("open", activity="drivers")
    amina = guest(visit, desk.room, "Amina")
    _, page, got = exchange(amina, "GET", f"live/{desk.room.code}")
    html = (
        zlib.decompress(got.partition(b"\r\n\r\n")[2].split(b"\r\n", 1)[1], 31, 1 << 16)
        if b"chunked" in got
        else zlib.decompress(got.partition(b"\r\n\r\n")[2], 31)
    )
    loaded = re.findall(r'(?:src|href)="([^"]+\.(?:js|css)[^"]*)"', html.decode())
    assert len(loaded) == 1  # the page, its script, and the events: three requests
    assert "<img" not in html.decode()
    _, script, _ = exchange(amina, "GET", loaded[0].lstrip("/"))
    events = Events(amina, desk.room.code, "gzip")
    events.next()
    assert page + script + len(events.headers) + events.bytes <= 25 * 1024
