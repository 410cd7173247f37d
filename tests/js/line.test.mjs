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

/** @type {Record<string, () => void>} */
const awake = {};
globalThis.window = {
  EventSource: Stream,
  addEventListener: (name, hear) => (awake[name] = hear),
  removeEventListener: () => {},
  setTimeout: (work, after) => setTimeout(work, after),
};
globalThis.EventSource = Stream;
globalThis.document = { visibilityState: "visible", addEventListener: window.addEventListener, removeEventListener: () => {} };

const { follow } = await import("../../widgets/academy_widgets/js/live/line.js");

/** @type {boolean[]} */ let line;
/** @type {number[]} */ let states;
/** @type {() => void} */ let end = () => {};

beforeEach(() => {
  end();
  [line, states, Stream.opened] = [[], [], []];
  globalThis.fetch = (_address, { signal }) => new Promise((_, fail) => signal.addEventListener("abort", () => fail(new Error("late"))));
});

const begin = () => (end = follow("/live/x", ({ rev }) => states.push(rev), (there) => line.at(-1) === there || line.push(there)));

/** @param {number} seconds */
async function pass(seconds) {
  for (let tenth = 0; tenth < seconds * 10; tenth++) {
    mock.timers.tick(100);
    await null;
  }
  for (let turn = 0; turn < 9; turn++) await null;
}

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
  assert.deepEqual([line, Stream.opened.length], [[true], 1]);
});
