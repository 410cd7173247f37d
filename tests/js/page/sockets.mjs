// What the modules want of a browser, as far as messages are concerned: sockets that a test opens and feeds, a server that
// it answers for, and a clock that it turns.

import { mock } from "node:test";

mock.timers.enable({ apis: ["setTimeout", "setInterval", "Date"], now: 1_700_000_000_000 });
globalThis.location = { href: "http://kit.example/voila/render/home.ipynb" };
globalThis.document = { hidden: false };
globalThis.CloseEvent = class extends Event {
  constructor(kind, { code = 1000 } = {}) {
    super(kind);
    this.code = code;
  }
};
globalThis.fetch = async () => ({ status: 200 });
globalThis.WebSocket = class {
  static OPEN = 1;
  static all = [];
  constructor(address, protocols) {
    Object.assign(this, { address: String(address), protocols, readyState: 0, sent: [] });
    WebSocket.all.push(this);
  }
  send(frame) {
    this.sent.push(decode(frame));
  }
  close() {
    this.readyState = 3;
  }
};

const { decode, encode } = await import("../../../widgets/academy_widgets/js/page/kernel/framing.js");

/** Time goes by, and what was promised happens. @param {number} ms */
export async function pass(ms) {
  mock.timers.tick(ms);
  await settled();
}

export const settled = () => new Promise((resolve) => setImmediate(resolve));

/** The last socket is open. */
export function open() {
  const socket = WebSocket.all.at(-1);
  socket.readyState = WebSocket.OPEN;
  socket.onopen();
  return socket;
}

/** A socket is closed by the other end, or was never opened. */
export function close(socket, code = 1006) {
  socket.readyState = 3;
  socket.onclose(new CloseEvent("close", { code }));
}

export function say(socket, message) {
  const whole = { channel: "iopub", header: {}, parent_header: {}, metadata: {}, content: {}, buffers: [], ...message };
  socket.onmessage?.({ data: encode(whole) });
}
