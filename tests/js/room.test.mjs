// What a presenter asks of the room arrives in the order in which it was asked for.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { Room } from "../../widgets/academy_widgets/js/present/room.js";

/** @type {{do: string, answer: (said: object) => void, fail: () => void}[]} */
let sent = [];
/** @type {Room} */
let room;
const settled = () => new Promise((resolve) => setImmediate(resolve));
const acts = () => sent.map((one) => one.do);

globalThis.fetch = (_, { body }) =>
  new Promise((resolve, reject) => {
    const answer = (said) => resolve({ ok: !said.presenting, json: async () => said });
    sent.push({ ...JSON.parse(body), answer, fail: () => reject(new TypeError("Failed to fetch")) });
  });

beforeEach(() => {
  sent = [];
  room = new Room({ base: "/", xsrf: "", join: "", me: "f-me", code: null }, "webinar-1");
  room.code = "ABCDEF";
  room.follow = async () => null;
});

test("an act waits for the one before it", async () => {
  const go = room.control("go", { activity: "how" });
  const open = room.control("open", { activity: "how" });
  await settled();
  assert.deepEqual(acts(), ["go"]);
  sent[0].answer({ rev: 1, undo: { act: "go" } });
  assert.equal((await go).rev, 1);
  await settled();
  assert.deepEqual(acts(), ["go", "open"]);
  sent[1].answer({ rev: 2, undo: { act: "open" } });
  assert.equal((await open).rev, 2);
  assert.equal(room.news.undo?.act, "open");
});

test("what is refused stands in nobody's way", async () => {
  const go = room.control("go");
  const open = room.control("open");
  await settled();
  sent[0].answer({ error: "This webinar is not running." });
  await go;
  await settled();
  assert.deepEqual(acts(), ["go", "open"]);
  sent[1].answer({ rev: 1 });
  assert.equal((await open).rev, 1);
});

test("what waits behind a lost line is not done later, when nobody expects it", async () => {
  const go = room.control("go");
  const open = room.control("open");
  await settled();
  sent[0].fail();
  assert.deepEqual([await go, await open], [null, null]);
  const again = room.control("go");
  await settled();
  assert.deepEqual(acts(), ["go", "go"]);
  sent[1].answer({ rev: 1 });
  assert.equal((await again).rev, 1);
});

test("who leaves the room to somebody else is asked once, and nothing more is done", async () => {
  const asked = [];
  room.askFirst = async (name) => (asked.push(name), false);
  const go = room.control("go");
  const open = room.control("open");
  await settled();
  sent[0].answer({ presenting: "Rosa" });
  assert.deepEqual([await go, await open], [null, null]);
  assert.deepEqual(asked, ["Rosa"]);
  assert.deepEqual(acts(), ["go"]);
});
