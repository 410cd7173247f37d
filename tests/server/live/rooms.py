"""What people do in a room, and the events that come out of it."""

import json
import secrets
import socket
import zlib
from urllib.parse import urlsplit

from academy.live import Ballot

__all__ = ["Events", "answer", "crowd", "guest", "merge", "send"]


def send(visitor, address, document, **headers):
    return visitor.post(address, json=document, headers={"X-XSRFToken": visitor.xsrf(), **headers})


def answer(visitor, room, activity, value, **more):
    ballot = {"activity": activity, "id": secrets.token_hex(8), "value": value, **more}
    return send(visitor, f"live/{room.code}/answer", ballot)


def crowd(room, activity, value, people=4):
    """Let as many others answer as are needed so that one's own answer is not the only one that shows."""
    for number in range(people):
        room.answer(Ballot(f"p-crowd-{number}", activity, f"crowd-{number}-{activity}", value))


def guest(visit, room, name="Guest"):
    visitor = visit()
    assert visitor.form(f"live/{room.code}", name=name).status_code == 303
    return visitor


class Events:
    """Events as they come over a socket."""

    def __init__(self, visitor, code, accepted="identity"):
        parts = urlsplit(str(visitor.base_url))
        self.socket = socket.create_connection((parts.hostname, parts.port), timeout=120)
        cookies = "; ".join(f"{name}={value}" for name, value in visitor.cookies.items())
        head = f"GET /live/{code}/events HTTP/1.1\r\nHost: {parts.netloc}\r\nCookie: {cookies}\r\n"
        self.socket.sendall(f"{head}Accept-Encoding: {accepted}\r\n\r\n".encode())
        self.stream = self.socket.makefile("rb")
        self.headers = b"".join(iter(self.stream.readline, b"\r\n"))
        self.unpack = zlib.decompressobj(31) if b"gzip" in self.headers else None
        self.text = ""
        self.bytes = 0

    def next(self):
        """Return the next event's data; None at the end."""
        while "\n\n" not in self.text:
            size = int(self.stream.readline() or b"0", 16)
            if not size:
                return None
            chunk = self.stream.read(size + 2)[:-2]
            self.bytes += size
            self.text += (self.unpack.decompress(chunk) if self.unpack else chunk).decode()
        event, _, self.text = self.text.partition("\n\n")
        data = [line[6:] for line in event.split("\n") if line.startswith("data: ")]
        return json.loads(data[0]) if data else self.next()

    def until(self, rev):
        """Apply deltas up to a revision and return the state."""
        state = self.next()["state"]
        while state["rev"] < rev:
            news = self.next()
            assert news["since"] == state["rev"]
            state = merge(state, news["patch"])
        return state


def merge(target, patch):
    kept = dict(target)
    for key, value in patch.items():
        if value is None:
            kept.pop(key, None)
        else:
            kept[key] = merge(kept.get(key) or {}, value) if isinstance(value, dict) else value
    return kept
