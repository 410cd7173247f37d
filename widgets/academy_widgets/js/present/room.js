// The room as the server has it: its state, kept up to date, and what a facilitator can do in it.

import { h } from "../form/dom.js";
import { follow } from "../live/line.js";

/** @typedef {import("./types.js").Translate} Translate */

export class Room {
  /**
   * @param {{base: string, xsrf: string, join: string, code: string | null}} config
   * @param {string} webinar
   */
  constructor({ base, xsrf, join, code }, webinar) {
    this.base = base;
    this.xsrf = xsrf;
    this.webinar = webinar;
    this.address = join;
    this.code = code;
    /** @type {any} */
    this.state = null;
    this.offset = 0;
    /** @type {(() => void) | undefined} */
    this.unfollow = undefined;
    this.lost = false;
    /** @type {Set<() => void>} */
    this.listeners = new Set();
    /** @type {Set<(text: string | null) => void>} what is in the way, "" for the line, null when it is over */
    this.complaints = new Set();
    if (code) void this.follow();
  }

  /** Whether people are together in it now. */
  get live() {
    return !!this.state && this.state.state === "live";
  }

  /** The code in two halves, easier to read and to type. */
  get shownCode() {
    return this.code ? `${this.code.slice(0, 3)} ${this.code.slice(3)}` : "";
  }

  /** Seconds since 1970 by the server's clock. */
  now() {
    return Date.now() / 1000 + this.offset;
  }

  /** How one joins: to be shown wherever there is room. @param {Translate} say @returns {HTMLElement[]} */
  invitation(say) {
    if (!this.live) return [h("p", { class: "not-yet" }, say("not_started", { key: "S" }))];
    return [
      h("img", { class: "qr", src: `${this.base}present/qr/${this.code}.svg`, alt: say("join_qr") }),
      h("p", null, say("join_go")),
      sized(h("p", { class: "address", dir: "ltr" }, this.address)),
      h("p", null, say("join_code")),
      h("p", { class: "code", dir: "ltr" }, this.shownCode),
    ];
  }

  /** Begin the meeting, or go on with the one there is. */
  async start() {
    const answer = await this.post(`${this.base}live/start`, { webinar: this.webinar });
    if (!answer) return;
    this.code = answer.code;
    await this.follow();
  }

  /** @param {string} act @param {Record<string, unknown>} [given] */
  async control(act, given = {}) {
    if (!this.code) return null;
    return this.post(`${this.base}live/${this.code}/control`, { do: act, ...given });
  }

  /** What facilitators see beside the state. @param {string} activity @returns {Promise<any>} */
  async desk(activity) {
    const answer = await fetch(`${this.base}live/${this.code}/desk?activity=${activity}`).catch(() => null);
    return answer?.ok ? answer.json() : null;
  }

  /** @param {string} activity @param {string} kind */
  resultsAddress(activity, kind) {
    return `${this.base}live/${this.code}/results.${kind}?activity=${activity}`;
  }

  /** Follow the room from now on, whatever happens to the line. @returns {Promise<unknown>} when its state is here */
  follow() {
    this.unfollow?.();
    const there = (/** @type {boolean} */ line) => {
      if (line === this.lost) this.complain(line ? null : "");
      this.lost = !line;
    };
    return new Promise((resolve) => {
      const seen = (/** @type {any} */ state) => {
        this.put(state);
        resolve(null);
      };
      this.unfollow = follow(`${this.base}live/${this.code}`, seen, there);
    });
  }

  /** @param {any} state */
  put(state) {
    this.state = state;
    this.offset = state.now - Date.now() / 1000;
    for (const listener of this.listeners) listener();
  }

  /** @param {string} address @param {unknown} body @returns {Promise<any>} null when it was refused */
  async post(address, body) {
    try {
      const answer = await fetch(address, {
        method: "POST",
        headers: { "Content-Type": "application/json", Accept: "application/json", "X-XSRFToken": this.xsrf },
        body: JSON.stringify(body),
      });
      const said = await answer.json().catch(() => ({}));
      if (answer.ok) return said;
      this.complain(said.error ?? answer.statusText);
    } catch {
      this.complain("");
    }
    return null;
  }

  /** @param {string | null} text */
  complain(text) {
    for (const listener of this.complaints) listener(text);
  }
}

/** A long address is set smaller: it must not be broken. @param {HTMLElement} el */
function sized(el) {
  el.style.setProperty("--letters", String(el.textContent?.length ?? 0));
  return el;
}
