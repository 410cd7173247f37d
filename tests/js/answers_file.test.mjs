import assert from "node:assert/strict";
import { test } from "node:test";
import { fileName, readFile, writeFile } from "../../widgets/academy_widgets/js/form/offline/file.js";
import { Answers } from "../../widgets/academy_widgets/js/form/saving/answers.js";
import { Draft } from "../../widgets/academy_widgets/js/form/saving/draft.js";
import { storage } from "./kernel.mjs";

const TICKET = { person: "p1", seal: "s1" };
let now = 1000;
const answers = (store = storage(), doc = {}) => new Answers({ values: {}, revs: {}, rev: 0, ...doc }, new Draft("academy/p/c/x/", store), () => now);
const file = (more) => JSON.stringify({ kind: "academy-answers", format: 1, ticket: TICKET, device: "d", edits: [], ...more });
const edit = (id, path, value, at) => ({ id, path, value, at, base: 0 });

test("a file is called after the exercise, the person and the day, as far as file systems take it", () => {
  const { Date: kept } = globalThis;
  globalThis.Date = class extends kept {
    constructor() {
      super(2030, 0, 5, 12);
    }
  };
  try {
    assert.equal(fileName(TICKET, "Map: who/what?", "Ana  María."), "Map who what - Ana María - 2030-01-05 - p1.answers.json");
    assert.equal(fileName(TICKET, "…".repeat(70), " . "), `${"…".repeat(60)} - - - 2030-01-05 - p1.answers.json`);
    assert.equal(fileName(TICKET, "\u202eabc\u200b", "أمينة"), "abc - أمينة - 2030-01-05 - p1.answers.json");
  } finally {
    globalThis.Date = kept;
  }
});

test("a file holds what was written since the form left the server, and nothing that is only known here", () => {
  const own = answers();
  own.set("why", "a");
  own.take(1);
  own.set("who", "b");
  const { edits, ...more } = JSON.parse(writeFile(TICKET, own));
  assert.deepEqual(more, { kind: "academy-answers", format: 1, ticket: TICKET, device: "phone" });
  assert.deepEqual(edits.map(({ id, ...rest }) => [typeof id, rest]), [["string", { path: "why", value: "a", at: 1000, base: 0 }], ["string", { path: "who", value: "b", at: 1001, base: 0 }]]);
});

test("a file of another form, of another kind or of no kind changes nothing", () => {
  const own = answers();
  const edits = [edit("e1", "why", "a", 1)];
  for (const text of ["{", "null", "5", file({ kind: "other", edits }), file({ ticket: { ...TICKET, seal: "s2" }, edits }), file({ ticket: undefined, edits }), file({ edits: "e1" })]) {
    assert.equal(readFile(text, TICKET, own), null, text);
  }
  assert.deepEqual(own.unconfirmed(), []);
});

test("the answers of a file are taken up where nothing newer stands, and count as what was typed", () => {
  const own = answers();
  now = 5000;
  own.set("who", "mine");
  const told = [];
  own.onChange((path) => told.push(path));
  const edits = [edit("e1", "why", "a", 6000), edit("e2", "who", "older", 4999), edit("e3", "who", "as old", 5000), { id: "e4" }];
  assert.equal(readFile(file({ edits: [...edits, { ...edit("e5", "more", "b", 1), sent: true }] }), TICKET, own), 2);
  assert.deepEqual([own.get("why"), own.get("who"), own.get("more"), told, own.latest], ["a", "mine", "b", ["more", "why"], 6000]);
  assert.deepEqual(own.unconfirmed().map(({ id, sent }) => [id, sent]).filter(([id]) => id.length < 3), [["e5", undefined], ["e1", undefined]]);
  assert.equal(readFile(file({ edits: [edit("e6", "who", "newer", 7000)] }), TICKET, own), 1);
  assert.deepEqual([own.get("who"), own.unconfirmed().filter(({ path }) => path === "who").length], ["newer", 1]);
  assert.equal(readFile(file({ edits: [edit("e6", "who", "newest", 8000)] }), TICKET, own), 1);
  assert.deepEqual([own.get("who"), own.unconfirmed().filter(({ path }) => path === "who").length], ["newest", 1]);
  assert.equal(readFile(file({ edits: [edit("e7", "last", "c", 10)] }), TICKET, own), 1);
  assert.equal(own.latest, 8000);
});
