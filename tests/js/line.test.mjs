// A line that ends without a word: nothing fails, nothing comes any more. The clock is the test's own.
import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";

mock.timers.enable({ apis: ["setTimeout", "Date"] });
Math.random = () => 0.5;

class Stream {
  /** @type {Stream[]} */
  static opened = [];

  constructor(address) {
    this.address = address;
    this.closed = false;
    note("events");
    this.named = {};
    Stream.opened.push(this);
  }

  addEventListener(name, hear) {
    this.named[name] = hear;
  }

  close() {
    this.closed = true;
  }

  whole(rev) {
    if (!this.closed) this.onmessage({ data: JSON.stringify({ rev, state: { rev } }) });
  }

  beat(seconds) {
    if (!this.closed) this.named.beat({ data: String(seconds) });
  }
}

let begun = 0;
/** @type {string[]} what was asked, and after how many seconds */
let log = [];
const note = (what) => log.push(`${(Date.now() - begun) / 1000} ${what}`);

/** @type {Record<string, () => void>} */
const awake = {};
globalThis.window = {
  EventSource: Stream,
  addEventListener: (name, hear) => (awake[name] = hear),
  removeEventListener: (name, hear) => awake[name] === hear && delete awake[name],
  setTimeout: (work, after) => setTimeout(work, after),
};
globalThis.EventSource = Stream;
globalThis.document = { visibilityState: "visible", addEventListener: window.addEventListener, removeEventListener: window.removeEventListener };

const { follow } = await import("../../widgets/academy_widgets/js/live/line.js");

/** @type {boolean[]} */ let line;
/** @type {number[]} */ let states;
/** @type {() => void} */ let end = () => {};

beforeEach(() => {
  end();
  [line, states, log, Stream.opened] = [[], [], [], []];
  begun = Date.now();
  window.EventSource = Stream;
  globalThis.fetch = (_address, { signal }) => new Promise((_, fail) => signal.addEventListener("abort", () => fail(new Error("late"))));
});

const begin = () => (end = follow("/live/x", ({ rev }) => states.push(rev), (there) => line.at(-1) === there || line.push(there)));

/** @param {number} seconds */
async function pass(seconds) {
  for (let tenth = 0; tenth < seconds * 10; tenth++) {
    mock.timers.tick(100);
    for (let turn = 0; turn < 9; turn++) await null;
  }
}

/** A server that answers questions as it is told to. @param {(address: string) => unknown} said */
const serve = (said) =>
  (globalThis.fetch = async (address) => {
    note(address.replace("/live/x/", ""));
    const state = said(address);
    if (!state) throw new TypeError("no line");
    return { ok: state !== 503, status: 503, json: async () => state };
  });

test("a line that beats is left alone, however long nothing changes", async () => {
  begin();
  Stream.opened[0].whole(1);
  for (let minute = 0; minute < 60; minute++) {
    Stream.opened[0].beat(10);
    await pass(minute % 2 ? 1 : 19); // now and then one comes late
  }
  assert.deepEqual([line, Stream.opened.length], [[true], 1]);
});

test("a line that is silent for longer than two beats is lost: it is said, opened anew, and shows what there is now", async () => {
  begin();
  Stream.opened[0].whole(1);
  Stream.opened[0].beat(10);
  await pass(20);
  assert.deepEqual(line, [true]);
  await pass(2.5);
  assert.deepEqual([line, Stream.opened[0].closed], [[true, false], true]);
  await pass(3);
  assert.equal(Stream.opened.length, 2);
  Stream.opened[1].whole(5);
  Stream.opened[1].beat(10);
  assert.deepEqual([line, states], [[true, false, true], [1, 5]]);
});

test("a presenter's line that beats more often is given up sooner", async () => {
  begin();
  Stream.opened[0].whole(1);
  Stream.opened[0].beat(5);
  await pass(11.5);
  assert.deepEqual(line, [true, false]);
});

test("a line that is silent from the beginning, and whose questions are, is lost too", async () => {
  begin();
  await pass(21);
  assert.deepEqual(line, []);
  await pass(2);
  assert.deepEqual(line, [false]);
  await pass(5);
  Stream.opened[1].whole(2);
  assert.deepEqual([line, states], [[false, true], [2]]);
});

test("events that are held back on their way take no line away: the room is asked how it is", async () => {
  let rev = 0;
  globalThis.fetch = async () => ({ ok: true, json: async () => ({ rev: ++rev }) });
  begin();
  await pass(60);
  assert.deepEqual(line, [true]);
  assert.ok(states.length > 2);
});

test("a device that has slept, or has a line again, does not wait for its timers", () => {
  begin();
  Stream.opened[0].whole(1);
  Stream.opened[0].beat(10);
  awake.online();
  assert.equal(Stream.opened.length, 1, "this one still beats");
  mock.timers.setTime(Date.now() + 3_600_000);
  awake.visibilitychange();
  assert.deepEqual([Stream.opened.length, Stream.opened[0].closed], [2, true]);
});

test("who has ended it hears nothing any more", async () => {
  begin();
  Stream.opened[0].whole(1);
  Stream.opened[0].beat(10);
  end();
  await pass(60);
  assert.deepEqual([line, Stream.opened.length, Stream.opened[0].closed], [[true], 1, true]);
});

test("a browser without events asks, and the server holds the question", async () => {
  delete window.EventSource;
  let rev = 0;
  serve(() => ({ rev: ++rev }));
  begin();
  await pass(1);
  assert.deepEqual(log, ["0 state", "0.5 state?since=1&wait=12", "0.9 state?since=2&wait=12"]);
  assert.deepEqual([states, line], [[1, 2, 3], [true]]);
});

test("a question that is held longer than that is given up, one that was answered is not", async () => {
  delete window.EventSource;
  const signals = [];
  globalThis.fetch = (_address, { signal }) => {
    signals.push(signal);
    if (signals.length === 1) return Promise.resolve({ ok: true, json: async () => ({ rev: 1 }) });
    return new Promise((_, fail) => signal.addEventListener("abort", () => fail(new Error("late"))));
  };
  begin();
  await pass(22);
  assert.deepEqual(line, [true]);
  await pass(1);
  assert.deepEqual([line, signals.map(({ aborted }) => aborted)], [[true, false], [false, true]]);
});

test("without a line both ways are tried in turn, at pauses that grow", async () => {
  serve(() => null);
  begin();
  for (let tenth = 0; tenth < 1200; tenth++) {
    for (const stream of Stream.opened) if (!stream.closed) stream.onerror();
    await pass(0.1);
  }
  assert.deepEqual(log, ["0 events", "1.8 events", "5.3 state", "12.3 state", "26.3 events", "46.3 state", "66.3 state", "86.3 events", "106.3 state"]);
  assert.deepEqual(line, [false]);
  serve(() => ({ rev: 1 }));
  await pass(10);
  Stream.opened.at(-1).whole(2);
  assert.deepEqual([log.slice(9), line, states], [["126.3 state", "126.7 events"], [false, true], [1, 2]]);
  Stream.opened.at(-1).onerror();
  await pass(2);
  assert.equal(log.at(-1), "131.8 events", "pauses are short again");
});

test("a server that answers with an error is no line", async () => {
  delete window.EventSource;
  serve(() => 503);
  begin();
  await pass(1);
  assert.deepEqual([line, states], [[false], []]);
});

test("where events came they are tried again; where they do not come any more, the room is asked", async () => {
  serve(() => ({ rev: 9 }));
  begin();
  Stream.opened[0].whole(1);
  Stream.opened[0].onerror();
  await pass(2);
  Stream.opened[1].onerror();
  await pass(4);
  assert.deepEqual(log, ["0 events", "1.8 events", "5.5 state?since=1&wait=12", "5.9 state?since=9&wait=12"]);
});

test("events that are silent on a line where they came before are not waited for again", async () => {
  serve(() => ({ rev: 9 }));
  begin();
  Stream.opened[0].whole(1);
  Stream.opened[0].onerror();
  await pass(18.3);
  assert.deepEqual([log, Stream.opened[1].closed], [["0 events", "1.8 events", "13.8 state", "17.6 state?since=9&wait=12", "18 state?since=9&wait=12"], true]);
});

test("a piece that is missing is asked for, and what is older changes nothing", async () => {
  serve(() => ({ rev: 5 }));
  begin();
  const [stream] = Stream.opened;
  stream.whole(1);
  stream.onmessage({ data: JSON.stringify({ rev: 2, since: 1, patch: { rev: 2 } }) });
  assert.deepEqual([log.length, states], [1, [1, 2]]);
  stream.onmessage({ data: JSON.stringify({ rev: 4, since: 3, patch: { rev: 4 } }) });
  await pass(0.1);
  stream.whole(3);
  stream.whole(5);
  await pass(10);
  assert.deepEqual([log, states], [["0 events", "0 state"], [1, 2, 5]]);
});

test("a message is a sign of life like a beat", async () => {
  begin();
  Stream.opened[0].whole(1);
  Stream.opened[0].beat(10);
  await pass(20);
  Stream.opened[0].whole(2);
  await pass(20);
  assert.deepEqual(line, [true]);
});

test("a new line has its own beats, and none until it sends one", async () => {
  begin();
  Stream.opened[0].whole(1);
  Stream.opened[0].beat(10);
  mock.timers.setTime(Date.now() + 3_600_000);
  awake.online();
  Stream.opened[1].whole(2);
  await pass(60);
  awake.online();
  assert.deepEqual([line, Stream.opened.length], [[true], 2]);
  Stream.opened[1].beat(10);
  Stream.opened[1].onerror();
  await pass(2);
  Stream.opened[2].whole(3);
  await pass(60);
  assert.deepEqual([line, Stream.opened.length], [[true, false, true], 3]);
});

test("a line that is tried anew is not waited for once there is one again, and is opened once", async () => {
  begin();
  Stream.opened[0].onerror();
  document.visibilityState = "hidden";
  awake.visibilitychange();
  assert.equal(Stream.opened.length, 1);
  document.visibilityState = "visible";
  awake.visibilitychange();
  assert.equal(Stream.opened.length, 2);
  awake.online();
  assert.deepEqual([Stream.opened.length, Stream.opened[1].closed], [3, true]);
  Stream.opened[2].whole(1);
  awake.online();
  await pass(10);
  assert.equal(Stream.opened.length, 3);
});

test("what comes after the end is not heard, and no device wakes it", async () => {
  let answer;
  globalThis.fetch = () => new Promise((resolve) => (answer = resolve));
  begin();
  const [stream] = Stream.opened;
  stream.whole(1);
  stream.beat(10);
  stream.onmessage({ data: JSON.stringify({ rev: 4, since: 3, patch: {} }) });
  end();
  stream.closed = false;
  stream.whole(7);
  stream.onerror();
  answer({ ok: true, json: async () => ({ rev: 8 }) });
  await pass(30);
  assert.deepEqual([states, line, Object.keys(awake), Stream.opened.length], [[1], [true], [], 1]);
});

test("who has ended it asks nothing any more, whether events were waited for or an answer", async () => {
  serve(() => ({ rev: 1 }));
  begin();
  await pass(1);
  end();
  await pass(60);
  assert.deepEqual(log, ["0 events"]);
  delete window.EventSource;
  begin();
  end();
  await pass(10);
  assert.deepEqual([log, states], [["0 events", "61 state"], []]);
});

test("events with a name are heard by who asked for them", () => {
  const heard = [];
  end = follow("/live/x", () => {}, undefined, { query: "?present=1", named: { presenters: (said) => heard.push(said) } });
  Stream.opened[0].named.presenters({ data: '{"lead": "me"}' });
  assert.deepEqual([Stream.opened[0].address, heard], ["/live/x/events?present=1", [{ lead: "me" }]]);
  Stream.opened[0].whole(1);
});
