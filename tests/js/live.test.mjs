// Following a room: patches, pieces that are missing, and answers that are kept until they are received.
import assert from "node:assert/strict";
import { test } from "node:test";

/** @type {Map<string, string>} */
const kept = new Map();
/** @type {Record<string, () => void>} */
const heard = {};
const timers = [];
const pauses = [];
globalThis.window = {
  addEventListener: (name, hear) => (heard[name] = hear),
  setTimeout: (run, pause) => (pauses.push(pause), timers.push(run)),
};
globalThis.localStorage = {
  getItem: (name) => kept.get(name) ?? null,
  setItem: (name, value) => kept.set(name, value),
  removeItem: (name) => kept.delete(name),
};

const { after, merged } = await import("../../widgets/academy_widgets/js/live/line.js");
const { clock } = await import("../../widgets/academy_widgets/js/live/numbers.js");
const { Outbox, newId } = await import("../../widgets/academy_widgets/js/live/outbox.js");

test("a patch changes what it names, takes away what is null, and leaves the rest", () => {
  const state = { rev: 4, phase: "open", results: { n: 2, counts: { a: 1, b: 1 } }, list: [1, 2] };
  const patch = { rev: 5, phase: null, results: { counts: { b: 2 } }, list: [3] };
  assert.deepEqual(merged(state, patch), { rev: 5, results: { n: 2, counts: { a: 1, b: 2 } }, list: [3] });
  assert.equal(state.results.counts.b, 1);
  for (const before of [null, undefined, 3, "ab", [1]]) assert.deepEqual(merged(before, { a: 1 }), { a: 1 });
});

test("news that came before changes nothing, and a missing piece is noticed", () => {
  const state = { rev: 4, phase: "open" };
  assert.deepEqual(after(null, { rev: 4, state }), state);
  assert.equal(after(state, { rev: 4, since: 3, patch: { phase: "locked" } }), state);
  assert.deepEqual(after(state, { rev: 6, since: 4, patch: { rev: 6, phase: "locked" } }), { rev: 6, phase: "locked" });
  assert.equal(after(state, { rev: 6, since: 5, patch: { phase: "locked" } }), null);
  assert.equal(after(null, { rev: 6, since: 5, patch: {} }), null);
});

test("an answer is kept until it is received, and sent again with the same id", async () => {
  const bodies = [];
  const told = [];
  let line = false;
  globalThis.fetch = async (_address, { body }) => {
    bodies.push(body);
    if (!line) throw new TypeError("no line");
    return { status: 200, json: async () => ({ received: "id" }) };
  };
  const outbox = new Outbox("/live/x/answer", "place", (letter, reply) => told.push([letter.id, reply?.status]));
  const id = newId();
  outbox.put({ activity: "a", id, body: `id=${id}&v=phone`, round: "1" });
  await settled(outbox);
  assert.deepEqual(told, [[id, undefined]]);
  assert.equal(JSON.parse(kept.get("place"))[0].id, id);
  const afterReload = new Outbox("/live/x/answer", "place", (letter, reply) => told.push([letter.id, reply?.status]));
  line = true;
  heard.online();
  await settled(afterReload);
  assert.deepEqual(told.at(-1), [id, 200]);
  assert.equal(kept.has("place"), false);
  assert.deepEqual(bodies, [`id=${id}&v=phone`, `id=${id}&v=phone`]);
});

test("an answer that is refused is not sent for ever, one to a busy server is", async () => {
  const statuses = [503, 429, 409];
  const told = [];
  globalThis.fetch = async () => ({ status: statuses.shift(), json: async () => ({ error: "No." }) });
  const outbox = new Outbox("/live/x/answer", "other", (_letter, reply) => told.push(reply?.status));
  outbox.put({ activity: "a", id: newId(), body: "v=1", round: "1" });
  for (const expected of [1, 2, 3]) {
    await settled(outbox);
    if (expected < 3) timers.at(-1)();
  }
  assert.deepEqual(told, [undefined, undefined, 409]);
  assert.equal(kept.has("other"), false);
});

test("pauses grow up to fifteen seconds and are short again once an answer was received", async (t) => {
  t.mock.method(Math, "random", () => 0.5);
  pauses.length = 0;
  const statuses = [...Array(7).fill(503), 200, 503];
  globalThis.fetch = async () => ({ status: statuses.shift(), json: async () => ({}) });
  const outbox = new Outbox("/live/x/answer", "paused", () => {});
  outbox.put({ activity: "a", id: newId(), body: "v=1", round: "1" });
  outbox.put({ activity: "b", id: newId(), body: "v=2", round: "1" });
  await settled(outbox);
  for (let times = 0; times < 7; times += 1) {
    timers.at(-1)();
    await settled(outbox);
  }
  assert.deepEqual(pauses, [1600, 3200, 6400, 12_800, 15_000, 15_000, 15_000, 1600]);
  outbox.waiting = [];
});

test("a device that keeps nothing sends an answer again as long as the page is open", async (t) => {
  const { setItem, getItem } = localStorage;
  t.after(() => Object.assign(localStorage, { setItem, getItem }));
  localStorage.setItem = localStorage.getItem = () => {
    throw new Error("private");
  };
  const statuses = [503, 200];
  const told = [];
  globalThis.fetch = async () => ({ status: statuses.shift(), json: async () => ({}) });
  const outbox = new Outbox("/live/x/answer", "private", (_letter, reply) => told.push(reply?.status));
  assert.deepEqual(outbox.waiting, []);
  outbox.put({ activity: "a", id: newId(), body: "v=1", round: "1" });
  await settled(outbox);
  timers.at(-1)();
  await settled(outbox);
  assert.deepEqual([told, outbox.waiting], [[undefined, 200], []]);
});

test("who sends again does not wait for the pause, and what waited for it is called off", async (t) => {
  const calledOff = t.mock.method(globalThis, "clearTimeout");
  globalThis.fetch = async () => ({ status: 503, json: async () => ({}) });
  const outbox = new Outbox("/live/x/answer", "again", () => {});
  outbox.put({ activity: "a", id: newId(), body: "v=1", round: "1" });
  await settled(outbox);
  calledOff.mock.resetCalls();
  const { timer } = outbox;
  heard.online();
  assert.deepEqual(calledOff.mock.calls.map(({ arguments: [given] }) => given), [timer]);
  await settled(outbox);
  outbox.waiting = [];
});

test("an answer that takes too long is given up and sent again", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const told = [];
  globalThis.fetch = (_address, { signal }) => new Promise((_, fail) => signal.addEventListener("abort", () => fail(new Error("late"))));
  const outbox = new Outbox("/live/x/answer", "late", (_letter, reply) => told.push(reply));
  outbox.put({ activity: "a", id: newId(), body: "v=1", round: "1" });
  t.mock.timers.tick(14_900);
  await new Promise((done) => setImmediate(done));
  assert.deepEqual(told, []);
  t.mock.timers.tick(200);
  await settled(outbox);
  assert.deepEqual(told, [null]);
  outbox.waiting = [];
});

test("time that is left is said in minutes and seconds, and never less than none", () => {
  assert.deepEqual([125.2, 59.1, 0.4, -3].map(clock), ["2:06", "1:00", "0:01", "0:00"]);
});

test("two ids are never the same", () => {
  assert.equal(new Set(Array.from({ length: 1000 }, newId)).size, 1000);
  assert.match(newId(), /^[0-9a-f]{24}$/);
});

async function settled(outbox) {
  do await new Promise((done) => setImmediate(done));
  while (outbox.sending);
}
