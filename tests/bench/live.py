"""A full room: 600 people without a kernel vote within ten seconds, and a naive server beside ours in the same run.

    python -m tests.bench.live                       # 600 within 10 seconds, and the naive server with 150
    python -m tests.bench.live --people 100 --within 5

Everybody joins as a guest, listens to the room's events, and votes once at a moment of their own. The clients are one
process, the server another one. "Seen" is the time from the click to the event on the presenter's connection that has
the vote in it; "received" is the time to the answer that is sent after the commit. CPU is the server's, as a share of
one core, while people vote. The naive server keeps the same votes in SQLite, and sends the whole result to each client
after each vote; with 600 people that would be gigabytes, so it is measured with fewer, and ours with as many too.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import re
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
import zlib
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import psutil

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from tests.support.ports import free_port  # noqa: E402

COURSE, WEBINAR, ACTIVITY = "innovative-workers-education", "webinar-1", "how-connected"
MOST_NAIVE = 150
CHOICES = ["phone-data", "phone-wifi", "computer", "shared", "later"]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--people", type=int, default=600)
    parser.add_argument("--within", type=float, default=10.0)
    parser.add_argument("--no-naive", action="store_true", help="leave the naive server out")
    parser.add_argument("--client", help=argparse.SUPPRESS)
    parser.add_argument("--naive-server", type=int, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.client:
        print(json.dumps(asyncio.run(Crowd(**json.loads(chosen.client)).run())))
        return
    if chosen.naive_server:
        asyncio.run(naive_server(chosen.naive_server))
        return
    print(
        "| | people | lost | received p50 | p95 | seen p50 | p95 | kB down each | CPU (cores) | joined in |"
    )
    print("|---|---|---|---|---|---|---|---|---|---|")
    if not chosen.no_naive:
        fewer = min(chosen.people, MOST_NAIVE)
        naive(fewer, chosen.within)
        if fewer < chosen.people:
            ours(fewer, chosen.within)
    ours(chosen.people, chosen.within)


def ours(people: int, within: float) -> None:
    """Measure the kit."""
    from academy.course import load_course
    from academy.live import Live
    from tests.support.server import AcademyServer

    with (
        tempfile.TemporaryDirectory() as folder,
        AcademyServer(Path(folder) / "data", ip="127.0.0.1") as server,
    ):
        live = Live(server.store, load_course(COURSE), server.data.secret)
        room = live.start(WEBINAR, by="f-desk", guests=True)
        room.do("open", "f-desk", activity=ACTIVITY)
        assert server.process is not None
        told = measure("the kit", server.process.pid, server.url, people, within, room.code)
        state = room.state()
        assert state["answered"] == people - told["lost"], state
        assert state["results"]["counts"] == {c: told["votes"].get(c, 0) for c in CHOICES}


def naive(people: int, within: float) -> None:
    """Measure the naive server."""
    port = free_port()
    command = [sys.executable, "-m", "tests.bench.live", "--naive-server", str(port)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        try:
            measure("naive", process.pid, f"http://127.0.0.1:{port}/", people, within, "")
        finally:
            process.kill()


def measure(name: str, pid: int, url: str, people: int, within: float, code: str) -> dict[str, Any]:
    """Let a crowd vote and print a line."""
    settings = json.dumps({"url": url, "code": code, "people": people, "within": within, "pid": pid})
    command = [sys.executable, "-m", "tests.bench.live", "--client", settings]
    told: dict[str, Any] = json.loads(
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True).stdout
    )

    def part(times: list[float], share: float) -> str:
        ordered = sorted(times)
        return (
            f"{1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))]:.0f} ms" if ordered else "–"
        )

    received, seen = told["received"], told["seen"]
    print(
        f"| {name} | {people} | {told['lost']} | {part(received, 0.5)} | {part(received, 0.95)} "
        f"| {part(seen, 0.5)} | {part(seen, 0.95)} | {statistics.fmean(told['down']) / 1000:.1f} "
        f"| {told['cpu']:.2f} | {told['joined']:.1f} s |",
        flush=True,
    )
    return told


# -- the crowd ------------------------------------------------------------------------------------------------------


class Wire:
    """One kept connection that speaks HTTP."""

    def __init__(self, url: str) -> None:
        self.parts = urlsplit(url)
        self.cookies: dict[str, str] = {}
        self.reader: asyncio.StreamReader | None = None

    async def ask(
        self, method: str, path: str, form: dict[str, str] | None = None, **headers: str
    ) -> tuple[int, str]:
        """Send a request and return status and text."""
        if self.reader is None:
            self.reader, self.writer = await asyncio.open_connection(self.parts.hostname, self.parts.port)
        body = "&".join(f"{name}={quote(value, safe='')}" for name, value in (form or {}).items())
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        lines = [f"{method} {path} HTTP/1.1", f"Host: {self.parts.netloc}", f"Content-Length: {len(body)}"]
        lines.append("Cookie: " + "; ".join(f"{name}={value}" for name, value in self.cookies.items()))
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        self.writer.write(("\r\n".join(lines) + "\r\n\r\n" + body).encode())
        status, found = await self.head()
        if found.get("transfer-encoding") == "chunked":
            text = b"".join([chunk async for chunk in self.chunks()])
        else:
            text = await self.reader.readexactly(int(found.get("content-length", 0)))
        return status, text.decode()

    async def head(self) -> tuple[int, dict[str, str]]:
        """Read status and headers; cookies are kept."""
        assert self.reader is not None
        status = int((await self.reader.readline()).split()[1])
        found: dict[str, str] = {}
        while (line := (await self.reader.readline()).decode().strip()) != "":
            name, _, value = line.partition(": ")
            if name.lower() == "set-cookie":
                cookie, _, kept = value.partition(";")[0].partition("=")
                self.cookies[cookie] = kept
            found[name.lower()] = value
        return status, found

    async def chunks(self) -> Any:
        """Read the pieces of an answer as they come."""
        assert self.reader is not None
        while size := int(await self.reader.readline(), 16):
            yield (await self.reader.readexactly(size + 2))[:-2]
        await self.reader.readline()


class Crowd:
    """Everybody: joins, listens, votes."""

    def __init__(self, url: str, code: str, people: int, within: float, pid: int) -> None:
        self.url, self.code, self.people, self.within = url, code, people, within
        self.server = psutil.Process(pid)
        self.path = f"{urlsplit(url).path}live/{code}" if code else ""
        self.down = [0] * people
        self.sent: list[tuple[float, int]] = []
        self.received: list[float] = []
        self.votes: dict[str, int] = {}
        self.lost = 0
        self.shown: list[tuple[float, int]] = []
        self.change = asyncio.Event()
        self.listening = 0

    async def run(self) -> dict[str, Any]:
        """Return what was measured."""
        began = time.monotonic()
        slots = asyncio.Semaphore(20)
        wires = await asyncio.gather(*(self.join(number, slots) for number in range(self.people)))
        listeners = [asyncio.create_task(self.listen(number, wire)) for number, wire in enumerate(wires)]
        while self.listening < self.people:
            self.change.clear()
            await self.change.wait()
        joined = time.monotonic() - began
        before = self.server.cpu_times()
        start, self.down = time.monotonic(), [0] * self.people
        await asyncio.gather(*(self.vote(number, wire) for number, wire in enumerate(wires)))
        last = max((rev for _, rev in self.sent), default=0)
        async with asyncio.timeout(60):
            while not self.shown or self.shown[-1][1] < last:
                self.change.clear()
                await self.change.wait()
        after, seconds = self.server.cpu_times(), time.monotonic() - start
        for listener in listeners:
            listener.cancel()
        cpu = after.user + after.system - before.user - before.system
        seen = [next(at for at, rev in self.shown if rev >= mine) - sent for sent, mine in self.sent]
        return {
            "lost": self.lost, "received": self.received, "seen": seen, "down": self.down, "cpu": cpu / seconds,
            "joined": joined, "votes": self.votes,
        }  # fmt: skip

    async def join(self, number: int, slots: asyncio.Semaphore) -> Wire:
        """Come in as a guest; the word that forms need is kept with the connection."""
        wire = Wire(self.url)
        if not self.code:
            return wire
        async with slots:
            _, page = await wire.ask("GET", self.path)
            fields = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', page))
            await wire.ask("POST", self.path, {**fields, "name": f"Person {number}"})
            _, page = await wire.ask("GET", self.path)
            wire.word = re.search(r'name="_xsrf" value="([^"]+)"', page)[1]  # type: ignore[index, attr-defined]
        return wire

    async def listen(self, number: int, wire: Wire) -> None:
        """Follow the events; the first client is the presenter's screen, and reads every one of them."""
        ears = Wire(self.url)
        ears.reader, ears.writer = await asyncio.open_connection(ears.parts.hostname, ears.parts.port)
        cookies = "; ".join(f"{name}={value}" for name, value in wire.cookies.items())
        address = f"{self.path}/events" if self.code else "/events"
        head = f"GET {address} HTTP/1.1\r\nHost: {ears.parts.netloc}\r\nAccept-Encoding: gzip\r\n"
        ears.writer.write(f"{head}Cookie: {cookies}\r\n\r\n".encode())
        _, found = await ears.head()
        unpack = zlib.decompressobj(31) if found.get("content-encoding") == "gzip" else None
        first = True
        async for chunk in ears.chunks():
            self.down[number] += len(chunk)
            if first:
                self.listening, first = self.listening + 1, False
                self.change.set()
            if number == 0:
                text = unpack.decompress(chunk) if unpack else chunk
                for rev in re.findall(rb"^id: (\d+)", text, re.MULTILINE):
                    self.shown.append((time.monotonic(), int(rev)))
                    self.change.set()

    async def vote(self, number: int, wire: Wire) -> None:
        """Vote at a moment of one's own."""
        await asyncio.sleep(random.random() * self.within)
        choice, sent = random.choice(CHOICES), time.monotonic()
        if self.code:
            fields = {"_xsrf": wire.word, "activity": ACTIVITY, "id": f"client-{number:06}", "v": choice}  # type: ignore[attr-defined]
            status, text = await wire.ask("POST", f"{self.path}/answer", fields, Accept="application/json")
        else:
            status, text = await wire.ask("POST", "/vote", {"who": f"Person {number}", "v": choice})
        if status != 200:
            self.lost += 1
            return
        self.received.append(time.monotonic() - sent)
        self.sent.append((sent, json.loads(text)["rev"]))
        self.votes[choice] = self.votes.get(choice, 0) + 1


# -- what is usually written ----------------------------------------------------------------------------------------


async def naive_server(port: int) -> None:
    """Commit each vote by itself, then send the whole result to each client."""
    from tornado import web

    with tempfile.TemporaryDirectory() as folder:
        database = sqlite3.connect(Path(folder) / "votes.sqlite", isolation_level=None)
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA synchronous = FULL")
        database.execute("CREATE TABLE vote (id INTEGER PRIMARY KEY, who TEXT UNIQUE, v TEXT)")
        listeners: set[web.RequestHandler] = set()

        class Vote(web.RequestHandler):
            async def post(self) -> None:
                words = (self.get_body_argument("who"), self.get_body_argument("v"))
                database.execute("INSERT INTO vote (who, v) VALUES (?, ?)", words)
                for listener in list(listeners):
                    rows = database.execute("SELECT id, who, v FROM vote ORDER BY id").fetchall()
                    result = [{"who": who, "answer": v} for _, who, v in rows]
                    listener.write(f"id: {rows[-1][0]}\ndata: {json.dumps(result)}\n\n")
                    listener.flush()
                self.finish(json.dumps({"rev": database.execute("SELECT max(id) FROM vote").fetchone()[0]}))

        class Events(web.RequestHandler):
            async def get(self) -> None:
                self.set_header("Content-Type", "text/event-stream")
                self.write(": hello\n\n")
                await self.flush()
                listeners.add(self)
                await asyncio.Event().wait()

        web.Application([("/vote", Vote), ("/events", Events)]).listen(port, "127.0.0.1")
        print("ready", flush=True)
        await asyncio.Event().wait()


if __name__ == "__main__":
    main()
