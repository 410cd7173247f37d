import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { restoreKept } from "../../../widgets/academy_widgets/js/page/kernel/kept.js";

const KEY = "academy.kept /voila/render/week.ipynb";
let items;

beforeEach(() => {
  items = new Map();
  globalThis.location = { pathname: "/voila/render/week.ipynb", protocol: "https:" };
  globalThis.document = { cookie: "" };
  globalThis.localStorage = {
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => items.set(key, value),
  };
});

const first = () => ({
  one: { spec: { $kept: "d1", value: ["a"] }, texts: { $kept: "t", value: { x: "y" } }, doc: { n: 1 } },
  two: { spec: { $kept: "d2", value: ["b"] }, texts: { $kept: "t" }, doc: null },
});

test("what comes for the first time is put in place, kept, and told to the server for this page alone", () => {
  const states = first();
  assert.ok(restoreKept(states));
  assert.deepEqual(states.two, { spec: ["b"], texts: { x: "y" }, doc: null });
  assert.match(document.cookie, /^academy-kept=d1\.t\.d2; path=\/voila\/render\/week\.ipynb; .*samesite=lax; secure$/);
});

test("on the next visit it is taken from the device, and nothing is written again", () => {
  restoreKept(first());
  document.cookie = "";
  const states = { one: { spec: { $kept: "d2" }, texts: { $kept: "t" } } };
  assert.ok(restoreKept(states));
  assert.deepEqual(states.one, { spec: ["b"], texts: { x: "y" } });
  assert.equal(document.cookie, "");
});

test("what is missing or damaged is said to be missing, and the server is told that nothing is here", () => {
  for (const stored of [null, "{", "{}"]) {
    if (stored) items.set(KEY, stored);
    assert.equal(restoreKept({ one: { spec: { $kept: "d1" } } }), false);
    assert.match(document.cookie, /^academy-kept=; .*max-age=0/);
  }
});

test("where there is no room to keep it, it comes again next time", () => {
  localStorage.setItem = () => {
    throw new Error("QuotaExceededError");
  };
  const states = first();
  assert.ok(restoreKept(states));
  assert.deepEqual(states.one.spec, ["a"]);
  assert.match(document.cookie, /^academy-kept=; .*max-age=0/);
});
