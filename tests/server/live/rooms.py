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

    def __init__(self, visitor, code, accepted="identity", query=""):
        parts = urlsplit(str(visitor.base_url))
        self.socket = socket.create_connection((parts.hostname, parts.port), timeout=120)
        cookies = "; ".join(f"{name}={value}" for name, value in visitor.cookies.items())
        head = f"GET /live/{code}/events{query} HTTP/1.1\r\nHost: {parts.netloc}\r\nCookie: {cookies}\r\n"
        self.socket.sendall(f"{head}Accept-Encoding: {accepted}\r\n\r\n".encode())
        self.stream = self.socket.makefile("rb")
        self.headers = b"".join(iter(self.stream.readline, b"\r\n"))
        self.unpack = zlib.decompressobj(31) if b"gzip" in self.headers else None
        self.text = ""
        self.bytes = 0
        self.others = []
        """Events with a name of their own that came and were not read yet: name and data."""
        self.all = []
        """Every event that was read: its name, "" for none, and data."""

    def next(self):
        """Return the data of the next event without a name; None at the end."""
        while (found := self._event()) is not None and found[0]:
            self.others.append(found)
        return found and found[1]

    def close(self):
        """Leave; closing the socket alone would wait for the file that reads from it."""
        self.socket.shutdown(socket.SHUT_RDWR)
        self.stream.close()
        self.socket.close()

    def named(self, name):
        """Return the data of the next event with a name."""
        while not any(kind == name for kind, _ in self.others):
            found = self._event()
            assert found is not None
            if found[0]:
                self.others.append(found)
        found = next(found for found in self.others if found[0] == name)
        self.others.remove(found)
        return found[1]

    def _event(self):
        while "\n\n" not in self.text:
            size = int(self.stream.readline() or b"0", 16)
            if not size:
                return None
            chunk = self.stream.read(size + 2)[:-2]
            self.bytes += size
            self.text += (self.unpack.decompress(chunk) if self.unpack else chunk).decode()
        event, _, self.text = self.text.partition("\n\n")
        lines = dict(line.partition(": ")[::2] for line in event.split("\n"))
        if "data" not in lines:
            return self._event()
        self.all.append((lines.get("event", ""), json.loads(lines["data"])))
        return self.all[-1]

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
