// Jupyter messages on the wire: the binary framing v1.kernel.websocket.jupyter.org.
// A table of little-endian 64-bit offsets, then channel, header, parent header, metadata, content and buffers.

/** @typedef {import("../types.js").Message} Message */

export const PROTOCOL = "v1.kernel.websocket.jupyter.org";

const utf8 = new TextEncoder();
const text = new TextDecoder();

/**
 * @param {Message} message
 * @returns {ArrayBuffer}
 */
export function encode(message) {
  const { channel, header, parent_header, metadata, content, buffers } = message;
  const json = [header, parent_header, metadata, content].map((part) => utf8.encode(JSON.stringify(part)));
  const parts = [utf8.encode(channel), ...json, ...buffers.map(bytes)];
  const count = parts.length + 1;
  const start = 8 * (count + 1);
  const frame = new Uint8Array(parts.reduce((size, part) => size + part.length, start));
  const view = new DataView(frame.buffer);
  writeOffset(view, 0, count);
  let offset = start;
  parts.forEach((part, index) => {
    writeOffset(view, 8 * (index + 1), offset);
    frame.set(part, offset);
    offset += part.length;
  });
  writeOffset(view, 8 * count, offset);
  return frame.buffer;
}

/**
 * @param {ArrayBuffer} frame
 * @returns {Message & {buffers: DataView[]}}
 */
export function decode(frame) {
  const view = new DataView(frame);
  const count = readOffset(view, 0);
  const offsets = Array.from({ length: count }, (_, index) => readOffset(view, 8 * (index + 1)));
  const part = (/** @type {number} */ index) =>
    text.decode(new Uint8Array(frame, offsets[index], offsets[index + 1] - offsets[index]));
  const [header, parent_header, metadata, content] = [1, 2, 3, 4].map((index) => JSON.parse(part(index)));
  const buffers = [];
  // Buffers are copied, so that a widget that keeps one does not keep the whole frame, and typed arrays are aligned.
  for (let index = 5; index < count - 1; index++) {
    buffers.push(new DataView(frame.slice(offsets[index], offsets[index + 1])));
  }
  return { channel: part(0), header, parent_header, metadata, content, buffers };
}

/**
 * The bytes of any binary value.
 * @param {ArrayBuffer | ArrayBufferView} value
 * @returns {Uint8Array}
 */
export function bytes(value) {
  if (value instanceof ArrayBuffer) return new Uint8Array(value);
  return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
}

// Two 32-bit halves: 64-bit accessors need BigInt, which older phones lack, and no frame reaches 2^53 bytes.
const HIGH = 2 ** 32;

/** @param {DataView} view @param {number} at @param {number} value */
function writeOffset(view, at, value) {
  view.setUint32(at, value % HIGH, true);
  view.setUint32(at + 4, Math.floor(value / HIGH), true);
}

/** @param {DataView} view @param {number} at @returns {number} */
function readOffset(view, at) {
  return view.getUint32(at, true) + view.getUint32(at + 4, true) * HIGH;
}
