import assert from "node:assert/strict";
import { test } from "node:test";
import { sentences } from "../../widgets/academy_widgets/js/said/marks.js";

const found = (/** @type {string} */ text) => sentences(text).map(([begin, end]) => text.slice(begin, end));

test("a sentence is found from its isolate to the one that closes it", () => {
  assert.deepEqual(found("نام: \u2066Row 1\u2069 – \u2067صف\u2069"), ["\u2066Row 1\u2069", "\u2067صف\u2069"]);
});

test("what stands isolated in a sentence belongs to it", () => {
  const text = "\u2066Submitted by \u2068آمنہ\u2069 today\u2069";
  assert.deepEqual(found(text), [text]);
});

test("numbers and names between isolates are no sentences", () => {
  assert.deepEqual(found("\u20661\u00a0200\u2069 \u2068Amina\u2069"), []);
  assert.deepEqual(found("\u2066never closed"), []);
});
