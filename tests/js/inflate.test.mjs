import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { gunzip } from "../../widgets/academy_widgets/js/form/offline/inflate.js";

const source = readFileSync(new URL(import.meta.url));
const noise = Uint8Array.from({ length: 70000 }, (_, n) => (n * 2654435761) >>> (n % 23));
const texts = { nothing: Buffer.from(""), short: Buffer.from("abc"), "a run": Buffer.alloc(9000, "ab"), "a file": source, noise };

for (const [name, bytes] of Object.entries(texts)) {
  test(`${name} is unpacked as it was, however it was packed`, () => {
    for (const level of [0, 1, 9]) assert.deepEqual(Buffer.from(gunzip(gzipSync(bytes, { level }))), Buffer.from(bytes));
  });
}

test("a file that is cut short is no answer", () => {
  const packed = gzipSync(source);
  assert.throws(() => gunzip(packed.subarray(0, packed.length / 2)), RangeError);
});
