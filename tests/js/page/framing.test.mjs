import assert from "node:assert/strict";
import { test } from "node:test";
import { bytes, decode, encode } from "../../../widgets/academy_widgets/js/page/kernel/framing.js";
import { randomSource } from "./random.mjs";

const plain = (message) => ({ ...message, buffers: message.buffers.map((buffer) => [...bytes(buffer)]) });

function randomMessage(random) {
  const object = () => ({ [random.text()]: random.json() });
  const buffers = Array.from({ length: random.below(4) }, () => random.bytes());
  return {
    channel: random.pick(["shell", "control", "iopub"]),
    header: object(),
    parent_header: random.next() < 0.5 ? {} : object(),
    metadata: object(),
    content: random.json(4),
    buffers,
  };
}

test("a message is the same after encoding and decoding", () => {
  for (let seed = 1; seed <= 500; seed++) {
    const message = randomMessage(randomSource(seed));
    assert.deepEqual(plain(decode(encode(message))), plain(message), `seed ${seed}`);
  }
});

test("buffers may be views into larger memory, and come back on memory of their own", () => {
  const memory = Uint8Array.of(0, 1, 2, 3, 4, 5);
  const message = { channel: "shell", header: {}, parent_header: {}, metadata: {}, content: {} };
  const frame = encode({ ...message, buffers: [memory.subarray(2, 4), new DataView(memory.buffer, 5), memory.buffer] });
  const { buffers } = decode(frame);
  assert.deepEqual(buffers.map((buffer) => [...bytes(buffer)]), [[2, 3], [5], [0, 1, 2, 3, 4, 5]]);
  assert.ok(buffers.every((buffer) => buffer.byteOffset === 0 && buffer.buffer !== frame));
});

test("the offsets are those of the protocol's specification", () => {
  const frame = new Uint8Array(
    encode({ channel: "shell", header: {}, parent_header: {}, metadata: {}, content: {}, buffers: [Uint8Array.of(7)] }),
  );
  const offsets = Array.from({ length: frame[0] }, (_, index) => frame[8 * (index + 1)]);
  assert.deepEqual(offsets, [64, 69, 71, 73, 75, 77, 78]);
  assert.equal(frame.length, 78);
  assert.equal(Buffer.from(frame.subarray(64, 77)).toString(), "shell{}{}{}{}");
});
