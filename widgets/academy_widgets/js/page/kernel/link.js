// The line to the kernel: a websocket that comes back by itself, and that notices when it is dead.

import { PROTOCOL, decode, encode } from "./framing.js";

/** @typedef {import("../types.js").Message} Message */

/**
 * @typedef {object} Ends
 * @property {() => void} up the line is open
 * @property {(message: Message & {buffers: DataView[]}) => void} receive
 * @property {() => void} down the line is lost; it will be tried again
 * @property {(asleep: boolean) => void} gone the kernel does not exist any more, or is not ours; or it was ended
 * because nobody used the page
 * @property {() => void} probe send something the kernel answers at once
 */

const FIRST_WAIT = 500;
const LONGEST_WAIT = 30_000;
const OPENING_LIMIT = 15_000;
const SILENCE = 8_000;
const HEARTBEAT = 30_000;
const PATIENCE = 5_000;
/** The close codes by which the server says that the kernel is no more, and that it was ended for want of use. */
const KERNEL_ENDED = 4404;
const KERNEL_ASLEEP = 4410;

export class Link {
  /**
   * @param {string} kernel address of the kernel's resource, such as "/api/kernels/1f0…"
   * @param {string} session kept over reconnects: the server replays what it could not deliver
   * @param {Ends} ends
   */
  constructor(kernel, session, ends) {
    this.kernel = kernel;
    this.address = new URL(`${kernel}/channels?session_id=${session}`, location.href);
    this.address.protocol = this.address.protocol.replace("http", "ws");
    this.ends = ends;
    /** @type {WebSocket | null} */
    this.socket = null;
    this.attempts = 0;
    this.begun = 0;
    this.stopped = false;
    this.expecting = false;
    this.probing = false;
    this.asking = false;
    this.patience = PATIENCE;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.retryTimer = undefined;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.watchTimer = undefined;
  }

  get open() {
    return this.socket?.readyState === WebSocket.OPEN;
  }

  connect() {
    if (this.stopped || this.socket) return;
    const socket = new WebSocket(this.address, [PROTOCOL]);
    socket.binaryType = "arraybuffer";
    this.socket = socket;
    this.begun = Date.now();
    let opened = false;
    const limit = setTimeout(() => this.drop(), OPENING_LIMIT);
    socket.onopen = () => {
      opened = true;
      clearTimeout(limit);
      this.attempts = 0;
      this.hear();
      this.ends.up();
    };
    socket.onmessage = (event) => {
      this.hear();
      this.ends.receive(decode(event.data));
    };
    socket.onclose = (event) => {
      clearTimeout(limit);
      if (this.socket !== socket) return;
      this.socket = null;
      this.expecting = this.probing = false;
      clearTimeout(this.watchTimer);
      this.ends.down();
      if (event.code === KERNEL_ENDED || event.code === KERNEL_ASLEEP) {
        this.ends.gone(event.code === KERNEL_ASLEEP);
      } else if (opened) this.retryIn(FIRST_WAIT * Math.random());
      else {
        this.retryIn(Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** this.attempts++) * (0.75 + Math.random() / 2));
        void this.ask();
      }
    };
  }

  /** @param {Message} message */
  send(message) {
    this.socket?.send(encode(message));
    if (this.expecting) return;
    this.expecting = true;
    this.watch(SILENCE, () => this.test());
  }

  /**
   * Say something to the server itself, on a channel that no kernel has. Other servers pass it over.
   * @param {Record<string, boolean | string[]>} content
   */
  tell(content) {
    const header = { msg_type: "presence" };
    const message = { channel: "page", header, parent_header: {}, metadata: {}, content, buffers: [] };
    if (this.open) this.socket?.send(encode(message));
  }

  /**
   * The connection could not be opened: does the kernel still exist? Nothing waits for the answer: after a sleep
   * browsers ask over connections that are as dead as the socket was.
   */
  async ask() {
    if (this.asking) return;
    this.asking = true;
    const answer = await fetchBriefly(this.kernel);
    this.asking = false;
    if (!this.stopped && !this.open && answer && [401, 403, 404].includes(answer.status)) this.ends.gone(false);
  }

  /** @param {number} wait milliseconds */
  retryIn(wait) {
    clearTimeout(this.retryTimer);
    this.retryTimer = setTimeout(() => this.connect(), wait);
  }

  /** Something arrived. After a silence the line is tested, while somebody looks at the page. */
  hear() {
    if (this.probing) this.patience = PATIENCE;
    this.expecting = this.probing = false;
    this.watch(HEARTBEAT, () => this.test());
  }

  /** A phone waking up, a network coming back, a long silence: is the line alive? */
  test() {
    if (this.stopped || document.hidden) return;
    // One that was being opened when the phone fell asleep may never answer either.
    if (this.socket && !this.open && Date.now() - this.begun > PATIENCE) this.drop();
    if (!this.socket) {
      this.attempts = 0;
      this.connect();
    } else if (this.open && !this.probing) {
      this.ends.probe();
      this.expecting = this.probing = true;
      this.watch(this.patience, () => {
        // On a very slow line the answer may only be late: give it longer the next time.
        this.patience = Math.min(LONGEST_WAIT, 2 * this.patience);
        this.drop();
      });
    }
  }

  /** @param {number} wait milliseconds @param {() => void} act */
  watch(wait, act) {
    clearTimeout(this.watchTimer);
    this.watchTimer = setTimeout(act, wait);
  }

  /** Give the socket up without waiting for a closing handshake that may never come. */
  drop() {
    const socket = this.socket;
    if (!socket) return;
    socket.close();
    socket.onmessage = null;
    socket.onclose?.(new CloseEvent("close"));
  }

  /** No more attempts. */
  stop() {
    this.stopped = true;
    clearTimeout(this.retryTimer);
    clearTimeout(this.watchTimer);
    const socket = this.socket;
    this.socket = null;
    socket?.close();
  }
}

/**
 * Ask the server something that must not come from a cache.
 * @param {string} address
 * @param {RequestInit} [options]
 * @returns {Promise<Response | null>} null if there is no answer within seconds
 */
export async function fetchBriefly(address, options) {
  const control = new AbortController();
  const limit = setTimeout(() => control.abort(), 2 * PATIENCE);
  try {
    return await fetch(address, { cache: "no-store", signal: control.signal, ...options });
  } catch {
    return null;
  } finally {
    clearTimeout(limit);
  }
}
