// What the page still owes the kernel. A message stays here until the kernel says it is done with it, so after a
// lost connection those that it never began are sent again, in their order and under their old ids: when only the
// kernel's word was lost, and not the message, the server can see that it has it already.

/** @typedef {import("../types.js").State} State */

/**
 * @typedef {object} Entry
 * @property {string} model id of the model it belongs to
 * @property {string} [id] of the message, from the first time it is sent
 * @property {State} [state] changed traits: a state push
 * @property {any} [content] a custom message
 * @property {(ArrayBuffer | ArrayBufferView)[]} [buffers] of a custom message
 * @property {boolean} [fence] nothing but a question, whose answer says that all before it is done
 * @property {boolean} [begun] the kernel has begun to work on it
 */

export class Outbox {
  /** @param {(entry: Entry) => string} transmit sends at once, under the entry's id if it has one; returns the id */
  constructor(transmit) {
    this.transmit = transmit;
    this.open = false;
    /** @type {Entry[]} not sent yet */
    this.queue = [];
    /** @type {Map<string, Entry>} sent, not done; by message id, in the order of sending */
    this.flight = new Map();
  }

  /** How many messages the kernel may not have. */
  get size() {
    return this.queue.length + this.flight.size;
  }

  /** @param {Entry} entry */
  add(entry) {
    merge(this.queue, entry);
    this.flush();
  }

  /**
   * Send what may go. A state push waits while one of the same model is under way, so that on a slow line
   * typing becomes few messages; nothing waits once a custom message stands behind it, because order counts.
   */
  flush() {
    if (!this.open) return;
    const lastCustom = this.queue.map((entry) => !entry.state).lastIndexOf(true);
    const busy = new Set([...this.flight.values()].filter((entry) => entry.state).map((entry) => entry.model));
    const queue = this.queue;
    this.queue = queue.filter((entry, index) => index > lastCustom && busy.has(entry.model));
    for (const entry of queue) {
      if (this.queue.includes(entry)) continue;
      entry.id = this.transmit(entry);
      this.flight.set(entry.id, entry);
    }
  }

  /** The kernel has begun to work on a message. @param {string} id */
  begun(id) {
    for (const entry of this.upTo(id)) entry.begun = true;
  }

  /** The kernel is done with a message. @param {string} id */
  done(id) {
    const done = this.upTo(id);
    for (const entry of done) this.flight.delete(/** @type {string} */ (entry.id));
    if (done.length) this.flush();
  }

  /** A message and all that went before it, which the kernel takes in order. @param {string} id @returns {Entry[]} */
  upTo(id) {
    return [...this.flight.values()].slice(0, [...this.flight.keys()].indexOf(id) + 1);
  }

  /** The line is down: keep what is written meanwhile. */
  pause() {
    this.open = false;
  }

  /** A line is up, and what the kernel has said meanwhile is known: send the rest again. */
  resume() {
    const again = [...this.flight.values()].filter((entry) => !entry.begun && !entry.fence);
    const queue = this.queue.filter((entry) => !entry.fence);
    this.flight.clear();
    this.queue = [];
    for (const entry of [...again, ...queue]) merge(this.queue, entry);
    if (again.length) this.queue.push({ model: "", fence: true });
    this.open = true;
    this.flush();
  }

  /**
   * Leave out of an update from the kernel what the page has changed since.
   * @param {string} model
   * @param {State} state changed in place
   * @param {string} [cause] the message the update answers: its own values may come back corrected
   */
  keepNewer(model, state, cause) {
    const newer = [...this.flight.values()].filter((entry) => entry.id !== cause);
    for (const entry of [...newer, ...this.queue]) {
      if (entry.model === model) for (const name in entry.state) delete state[name];
    }
    return state;
  }
}

/**
 * Append an entry; a state push joins the one of its model that waits already, unless a custom message has
 * come between: that one must find the state as it was.
 * @param {Entry[]} queue
 * @param {Entry} entry
 */
function merge(queue, entry) {
  const since = queue.map((waiting) => !waiting.state).lastIndexOf(true) + 1;
  const waiting = entry.state && queue.slice(since).find((other) => other.model === entry.model);
  if (waiting) {
    Object.assign(/** @type {State} */ (waiting.state), entry.state);
    waiting.id = undefined; // another message now
  } else queue.push(entry.state ? { ...entry, state: { ...entry.state } } : entry);
}
