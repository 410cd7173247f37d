import assert from "node:assert/strict";
import { test } from "node:test";
import { putBuffers, same, splitBuffers } from "../../../widgets/academy_widgets/js/page/kernel/state.js";
import { randomSource } from "./random.mjs";

/** Plants binary values into a random JSON value. */
function withBinary(random, value) {
  if (random.next() < 0.3) return new DataView(random.bytes().buffer);
  if (Array.isArray(value)) return value.map((item) => withBinary(random, item));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withBinary(random, item)]));
}

test("what is split is put together again, through JSON", () => {
  let planted = 0;
  for (let seed = 1; seed <= 500; seed++) {
    const random = randomSource(seed);
    const state = { a: withBinary(random, random.json(4)), b: withBinary(random, [random.json(4)]) };
    const before = structuredClone(state);
    const { state: rest, paths, buffers } = splitBuffers(state);
    planted += buffers.length;
    assert.deepEqual(state, before, `seed ${seed}: the original is left alone`);
    assert.deepEqual(putBuffers(JSON.parse(JSON.stringify(rest)), paths, buffers), state, `seed ${seed}`);
  }
  assert.ok(planted > 300);
});

test("binary values leave no trace in an object and null in a list", () => {
  const data = new Uint8Array(1);
  const { state, paths, buffers } = splitBuffers({ a: data, b: [1, data], c: { d: { e: data } } });
  assert.deepEqual(state, { b: [1, null], c: { d: {} } });
  assert.deepEqual(paths, [["a"], ["b", 1], ["c", "d", "e"]]);
  assert.ok(buffers.every((buffer) => buffer === data));
});

test("equal JSON is the same, and a changed one is not", () => {
  for (let seed = 1; seed <= 300; seed++) {
    const value = randomSource(seed).json(4);
    assert.ok(same(value, structuredClone(value)), `seed ${seed}`);
    assert.ok(!same({ value }, { value: [value] }), `seed ${seed}`);
    assert.ok(!same({ value }, { value, more: null }), `seed ${seed}`);
  }
});

test("two binary values are never taken for the same", () => {
  assert.ok(!same(new DataView(new ArrayBuffer(1)), new DataView(new ArrayBuffer(1))));
  assert.ok(!same({ a: new Uint8Array(2) }, { a: new Uint8Array(2) }));
  const one = new Uint8Array(2);
  assert.ok(same({ a: one }, { a: one }));
});

test("a missing key is not an undefined one", () => assert.ok(!same({ a: undefined }, { b: undefined })));
