import assert from "node:assert/strict";
import { test } from "node:test";
import { Draft } from "../../widgets/academy_widgets/js/form/saving/draft.js";
import { storage } from "./kernel.mjs";

const edit = (id, value, more = {}) => ({ id, path: "why", value, at: 1, base: 0, ...more });

test("a draft finds again what it kept, in the order it was typed", () => {
  const store = storage();
  const draft = new Draft("academy/p/c/x/", store);
  draft.put(edit("e2", "second", { at: 2 }));
  draft.put(edit("e1", "first"));
  assert.deepEqual(
    new Draft("academy/p/c/x/", store).list().map((item) => item.value),
    ["first", "second"],
  );
});

test("people, courses and exercises do not share drafts", () => {
  const store = storage();
  new Draft("academy/p/c/x/", store).put(edit("e1", "mine"));
  assert.deepEqual(new Draft("academy/q/c/x/", store).list(), []);
  assert.deepEqual(new Draft("academy/p/c/y/", store).list(), []);
});

test("rubbish in the storage is passed over", () => {
  const store = storage();
  store.setItem("academy/p/c/x/edit/e1", "{");
  store.setItem("academy/p/c/x/edit/e2", '{"id": "e2"}');
  store.setItem("academy/p/c/x/submit", '{"key": 5}');
  const draft = new Draft("academy/p/c/x/", store);
  assert.deepEqual(draft.list(), []);
  assert.equal(draft.intent(), null);
});

test("a browser without storage keeps the draft in memory and admits it", () => {
  const draft = new Draft("academy/p/c/x/", null);
  draft.put(edit("e1", "mine"));
  assert.equal(draft.list().length, 1);
  assert.equal(draft.kept, false);
  draft.drop("e1");
  assert.equal(draft.kept, true);
});

test("a storage that throws at every touch does no harm", () => {
  const refuse = () => {
    throw new Error("SecurityError");
  };
  const draft = new Draft("academy/p/c/x/", { getItem: refuse, setItem: refuse, removeItem: refuse });
  draft.put(edit("e1", "mine"));
  draft.reload();
  assert.equal(draft.list()[0].value, "mine");
  assert.equal(draft.kept, false);
  draft.keepIntent({ key: "k", at: 1 });
  assert.equal(draft.intent(), null);
});

test("a wish to submit is kept until it is taken back", () => {
  const store = storage();
  const draft = new Draft("academy/p/c/x/", store);
  draft.keepIntent({ key: "k", at: 1 });
  assert.deepEqual(new Draft("academy/p/c/x/", store).intent(), { key: "k", at: 1 });
  draft.keepIntent(null);
  assert.equal(draft.intent(), null);
});

test("an edit that may have left the device is known as such, whichever tab sent it", () => {
  const store = storage();
  const first = new Draft("academy/p/c/x/", store);
  first.put(edit("e1", "mine"));
  const second = new Draft("academy/p/c/x/", store);
  assert.equal(first.left(first.list()[0]), false);
  second.put({ ...second.list()[0], sent: true });
  assert.equal(first.left(first.list()[0]), true);
});

test("what only this page knows has not left the device, and a storage that can't be read was not emptied", () => {
  const alone = new Draft("academy/p/c/x/", null);
  alone.put(edit("e1", "mine"));
  assert.equal(alone.left(alone.list()[0]), false);
  const refuse = () => {
    throw new Error("SecurityError");
  };
  assert.equal(new Draft("academy/p/c/x/", { getItem: refuse, setItem: refuse, removeItem: refuse }).wiped, false);
});
