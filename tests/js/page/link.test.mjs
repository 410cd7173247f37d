import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { close, open, pass, say, settled } from "./sockets.mjs";

const { Link, fetchBriefly } = await import("../../../widgets/academy_widgets/js/page/kernel/link.js");

let made = [];
let answer;
const asked = () => fetch.mock.calls.map((call) => call.arguments[0]);
const count = () => WebSocket.all.length;
const message = { channel: "shell", header: { n: 1 }, parent_header: {}, metadata: {}, content: {}, buffers: [] };

/** A line whose ends write down what they hear; half of all chance is taken. */
function line() {
  const heard = [];
  const link = new Link("/api/kernels/k", "s1", {
    up: () => heard.push("up"),
    receive: ({ header }) => heard.push(header),
    down: () => heard.push("down"),
    gone: (asleep) => heard.push(asleep ? "asleep" : "gone"),
    probe: () => heard.push("probe"),
  });
  made.push(link);
  return { link, heard, said: () => heard.splice(0) };
}

function opened() {
  const ends = line();
  ends.link.connect();
  const socket = open();
  ends.said();
  return { ...ends, socket };
}

beforeEach(() => {
  answer = () => Promise.resolve({ status: 200 });
  document.hidden = false;
  mock.method(Math, "random", () => 0.5);
  mock.method(globalThis, "fetch", (...given) => answer(...given));
});
afterEach(() => {
  for (const link of made.splice(0)) link.stop();
  mock.restoreAll();
});

test("one socket is opened, in binary, under the address of the kernel", () => {
  const before = count();
  const { link, said } = line();
  link.connect();
  link.connect();
  const socket = WebSocket.all.at(-1);
  assert.equal(count(), before + 1);
  assert.equal(socket.address, "ws://kit.example/api/kernels/k/channels?session_id=s1");
  assert.equal(socket.binaryType, "arraybuffer");
  assert.deepEqual([link.open, said()], [false, []]);
  open();
  assert.deepEqual([link.open, said()], [true, ["up"]]);
  say(socket, { header: { n: 7 } });
  assert.deepEqual(said(), [{ n: 7 }]);
});

test("a socket that does not open in time is given up, and the server is asked about the kernel", async () => {
  const { link, said } = line();
  link.connect();
  const socket = WebSocket.all.at(-1);
  await pass(14_999);
  assert.deepEqual([said(), asked(), socket.readyState], [[], [], 0]);
  await pass(1);
  assert.deepEqual([said(), asked(), socket.readyState], [["down"], ["/api/kernels/k"], 3]);
});

test("what has opened in time is not given up", async () => {
  const { said, socket } = opened();
  await pass(20_000);
  assert.deepEqual([said(), socket.readyState], [[], 1]);
});

test("a line that is lost comes back within half a second, one that can't be opened after more and more time", async () => {
  const { said, socket } = opened();
  close(socket);
  assert.deepEqual(said(), ["down"]);
  let before = count();
  await pass(249);
  assert.equal(count(), before);
  await pass(1);
  assert.deepEqual([count(), asked()], [before + 1, []]);
  for (const wait of [500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]) {
    before = count();
    close(WebSocket.all.at(-1));
    await pass(wait - 1);
    assert.equal(count(), before, wait);
    await pass(1);
    assert.equal(count(), before + 1, wait);
  }
  assert.equal(asked().length, 8);
  close(open());
  await pass(250);
  close(WebSocket.all.at(-1));
  before = count();
  await pass(500);
  assert.equal(count(), before + 1, "once it was open it begins anew");
});

test("the wait for a line that can't be opened differs from page to page", async () => {
  for (const [chance, wait] of [[0, 375], [1, 625]]) {
    Math.random.mock.mockImplementation(() => chance);
    const { link } = line();
    link.connect();
    const before = count();
    close(WebSocket.all.at(-1));
    await pass(wait - 1);
    assert.equal(count(), before);
    await pass(1);
    assert.equal(count(), before + 1);
    link.stop();
  }
});

test("what is left of an old socket harms no new one", async () => {
  const { link, said, socket } = opened();
  const heard = socket.onclose;
  link.drop();
  assert.deepEqual(said(), ["down"]);
  assert.equal(socket.onmessage, null);
  link.drop();
  await pass(250);
  open();
  said();
  heard(new CloseEvent("close", { code: 4404 }));
  await pass(15_000);
  assert.deepEqual([said(), link.open], [[], true]);
});

test("the limit of a socket that could not be opened does not end the next one", async () => {
  const { link, said } = line();
  link.connect();
  close(WebSocket.all.at(-1));
  await pass(500);
  const next = WebSocket.all.at(-1);
  said();
  await pass(14_999);
  assert.deepEqual([said(), next.readyState], [[], 0]);
});

test("the server says by its code that the kernel is no more, or was ended for want of use", async () => {
  for (const [code, says] of [[4404, "gone"], [4410, "asleep"]]) {
    const { said, socket } = opened();
    const before = count();
    close(socket, code);
    await pass(60_000);
    assert.deepEqual([said(), count(), asked()], [["down", says], before, []]);
  }
});

test("whether there is a kernel is asked once at a time, and only a clear answer counts", async () => {
  for (const [status, says] of [[404, ["gone"]], [403, ["gone"]], [401, ["gone"]], [200, []], [502, []], [null, []]]) {
    fetch.mock.resetCalls();
    let tell;
    answer = () => new Promise((resolve, reject) => (tell = () => (status ? resolve({ status }) : reject(new TypeError("no line")))));
    const { link, said } = line();
    link.connect();
    close(WebSocket.all.at(-1));
    await pass(500);
    close(WebSocket.all.at(-1));
    assert.equal(asked().length, 1);
    said();
    tell();
    await settled();
    assert.deepEqual(said(), says, status);
    await pass(1000);
    close(WebSocket.all.at(-1));
    assert.equal(asked().length, 2, "and later once more");
    link.stop();
  }
});

test("an answer about the kernel is too late when the line is open or the page has ended", async () => {
  for (const meanwhile of ["open", "stop"]) {
    let tell;
    answer = () => new Promise((resolve) => (tell = resolve));
    const { link, said } = line();
    link.connect();
    close(WebSocket.all.at(-1));
    if (meanwhile === "stop") link.stop();
    else await pass(500).then(open);
    said();
    tell({ status: 404 });
    await settled();
    assert.deepEqual(said(), [], meanwhile);
  }
});

test("after a silence the kernel is asked for a word, and without one the line is given up", async () => {
  const { link, said, socket } = opened();
  await pass(29_999);
  assert.deepEqual(said(), []);
  await pass(1);
  assert.deepEqual(said(), ["probe"]);
  await pass(4999);
  assert.deepEqual([said(), socket.readyState], [[], 1]);
  await pass(1);
  assert.deepEqual([said(), socket.readyState, link.open], [["down"], 3, false]);
});

test("a word is asked for once, and any word is an answer", async () => {
  const { link, said, socket } = opened();
  link.test();
  link.test();
  assert.deepEqual(said(), ["probe"]);
  await pass(4999);
  say(socket, {});
  said();
  await pass(29_999);
  assert.deepEqual(said(), []);
  link.test();
  assert.deepEqual(said(), ["probe"]);
});

test("what is sent is answered within seconds, or the line is tested", async () => {
  const { link, said, socket } = opened();
  link.send(message);
  await pass(7000);
  link.send({ ...message, header: { n: 2 } });
  assert.deepEqual(socket.sent.map(({ header }) => header.n), [1, 2]);
  await pass(999);
  assert.deepEqual(said(), []);
  await pass(1);
  assert.deepEqual(said(), ["probe"], "the second message does not put it off");
  say(socket, {});
  said();
  link.send(message);
  await pass(7999);
  say(socket, {});
  said();
  await pass(29_999);
  assert.deepEqual(said(), []);
});

test("what is sent while a word is asked for gives the line no more time", async () => {
  const { link, said } = opened();
  link.test();
  await pass(4000);
  link.send(message);
  await pass(1000);
  assert.deepEqual(said(), ["probe", "down"]);
});

test("a slow line is given longer each time, until a word comes in time", async () => {
  const { link, said } = opened();
  for (const patience of [5000, 10_000, 20_000, 30_000, 30_000]) {
    link.test();
    await pass(patience - 1);
    assert.deepEqual(said(), ["probe"], patience);
    await pass(1);
    assert.deepEqual(said(), ["down"], patience);
    await pass(250);
    open();
    said();
  }
  link.test();
  say(WebSocket.all.at(-1), {});
  said();
  link.test();
  await pass(5000);
  assert.deepEqual(said(), ["probe", "down"]);
});

test("words that nobody asked for say nothing about how slow the line is", async () => {
  const { link, said } = opened();
  link.test();
  await pass(5000);
  await pass(250);
  say(open(), {});
  said();
  link.test();
  await pass(9999);
  assert.deepEqual(said(), ["probe"]);
});

test("a lost line forgets what was expected of it", async () => {
  const { link, said, socket } = opened();
  link.test();
  close(socket);
  await pass(250);
  open();
  said();
  await pass(20_000);
  assert.deepEqual(said(), [], "its silence ends nothing");
  link.test();
  assert.deepEqual(said(), ["probe"]);
});

test("while there is no line nothing is sent, and its time does not run", async () => {
  const { link, said, socket } = opened();
  close(socket);
  said();
  link.tell({ hidden: true });
  link.send(message);
  await pass(250);
  const next = WebSocket.all.at(-1);
  link.tell({ hidden: true });
  assert.deepEqual([socket.sent, next.sent], [[], []]);
  open();
  link.tell({ hidden: true, read: ["a"] });
  assert.deepEqual(next.sent.map(({ channel, header, content }) => [channel, header.msg_type, content]), [["page", "presence", { hidden: true, read: ["a"] }]]);
});

test("nobody looks: nothing is tested", async () => {
  const { link, said } = opened();
  document.hidden = true;
  await pass(60_000);
  link.test();
  assert.deepEqual(said(), []);
});

test("a page that is seen again tries at once, and from the beginning", async () => {
  const { link } = line();
  link.connect();
  for (const wait of [500, 1000, 2000]) {
    close(WebSocket.all.at(-1));
    await pass(wait);
  }
  close(WebSocket.all.at(-1));
  let before = count();
  link.test();
  assert.equal(count(), before + 1);
  close(WebSocket.all.at(-1));
  before = count();
  await pass(500);
  assert.equal(count(), before + 1);
  await pass(4000);
  assert.equal(count(), before + 1, "the wait from before is over");
});

test("a socket that opens already is waited for, and given up after a sleep", () => {
  const { link } = line();
  link.connect();
  const before = count();
  mock.timers.setTime(Date.now() + 5000);
  link.test();
  assert.equal(count(), before);
  mock.timers.setTime(Date.now() + 1);
  link.test();
  assert.equal(count(), before + 1);
});

test("a line that has ended is quiet", async () => {
  const { link, said, socket } = opened();
  link.send(message);
  link.stop();
  const before = count();
  assert.equal(socket.readyState, 3);
  close(socket);
  await pass(60_000);
  link.test();
  link.connect();
  assert.deepEqual([said(), count(), link.open], [[], before, false]);
  const other = line();
  other.link.connect();
  close(WebSocket.all.at(-1));
  other.said();
  other.link.stop();
  const then = count();
  await pass(60_000);
  assert.equal(count(), then, "what was to be tried again is not");
});

test("what the server is asked comes from no cache, and has seconds for its answer", async () => {
  assert.deepEqual(await fetchBriefly("/a", { method: "HEAD" }), { status: 200 });
  const [address, options] = fetch.mock.calls[0].arguments;
  assert.deepEqual([address, options.cache, options.method], ["/a", "no-store", "HEAD"]);
  await pass(60_000);
  assert.equal(options.signal.aborted, false, "who has an answer is not cut off");
  let given;
  answer = (_, { signal }) => new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
  void fetchBriefly("/b").then((found) => (given = found));
  await pass(9999);
  assert.equal(given, undefined);
  await pass(1);
  assert.equal(given, null);
});
