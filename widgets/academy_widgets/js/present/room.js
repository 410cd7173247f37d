// The room as the server has it: its state, kept up to date, and what a facilitator can do in it.

import { h } from "../form/dom.js";
import { follow } from "../live/line.js";

/** @typedef {import("./types.js").Translate} Translate */
/** Who presents, by pseudonym, and whose screen the room follows. @typedef {import("../documents.js").PresentersNews} News */

/** A presenter's line is tried again often: a whole room looks at their screen. */
const SLOWEST = 3000;
const LONGEST_ACT = 10_000;

export class Room {
  /**
   * @param {{base: string, xsrf: string, join: string, me: string, code: string | null}} config
   * @param {string} webinar
   */
  constructor({ base, xsrf, join, me, code }, webinar) {
    this.me = me;
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
    /** @type {News} */
    this.news = { lead: null, there: {}, undo: null };
    /** @type {Map<string, any>} states about single boards, once no board is on any more */
    this.read = new Map();
    /** @type {(name: string) => Promise<boolean>} asks whether somebody else's room is taken over */
    this.askFirst = () => Promise.resolve(false);
    /** @type {Promise<unknown>} what was asked for last, once it is done */
    this.acts = Promise.resolve();
    /** How often it was given up, with all that waited behind it. */
    this.givenUp = 0;
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

  /** Whether the meeting is over: for now, or for good. */
  get over() {
    return !!this.state && this.state.state !== "live" && !!this.state.begun;
  }

  /** Others who present this room just now. */
  get others() {
    return Object.entries(this.news.there).filter(([who]) => who !== this.me);
  }

  /** The name of somebody else whose screen the room follows. */
  get follows() {
    const { lead, there } = this.news;
    return lead && lead !== this.me ? (there[lead] ?? null) : null;
  }

  /** What there is to say about a board: while people are together only about the one that is on. @param {string} activity */
  about(activity) {
    const { state } = this;
    if (!state || state.activity === activity) return state;
    if (this.live) return null;
    const known = this.read.get(activity);
    if (known?.rev !== state.rev) void this.readAbout(activity, state.rev);
    return known ?? null;
  }

  /** @param {string} activity @param {number} rev */
  async readAbout(activity, rev) {
    if (this.read.get(activity)?.asked === rev) return;
    this.read.set(activity, { ...this.read.get(activity), asked: rev });
    const answer = await fetch(`${this.base}live/${this.code}/state?activity=${activity}`).catch(() => null);
    const state = answer?.ok ? await answer.json() : null;
    if (!state) return void this.read.delete(activity);
    this.read.set(activity, { ...state, asked: state.rev });
    for (const listener of this.listeners) listener();
  }

  /** The code in two halves, easier to read and to type. */
  get shownCode() {
    return this.code ? `${this.code.slice(0, 3)} ${this.code.slice(3)}` : "";
  }

  /** Seconds since 1970 by the server's clock. */
  now() {
    return Date.now() / 1000 + this.offset;
  }

  /** How one joins: to be shown wherever there is room. @param {Translate} t @returns {HTMLElement[]} */
  invitation(t) {
    if (this.over) return [h("p", { class: "not-yet" }, t(`over_${this.state.state}`))];
    if (!this.live) return [h("p", { class: "not-yet" }, t("not_started", { key: "S" }))];
    return [
      h("img", { class: "qr", src: `${this.base}present/qr/${this.code}.svg`, alt: t("join_qr") }),
      h("p", null, t("join_go")),
      sized(h("p", { class: "address", dir: "ltr" }, this.address)),
      h("p", null, t("join_code")),
      h("p", { class: "code", dir: "ltr" }, this.shownCode),
    ];
  }

  /** Begin the meeting, or go on with the one there is. */
  async start() {
    const answer = await this.post(`${this.base}live/start`, { webinar: this.webinar });
    if (!answer) return;
    this.code = answer.code;
    this.read.clear();
    await this.follow();
  }

  /**
   * Do one act after the other, in the order in which they are asked for: two that are on their way together may arrive
   * either way round. What waits behind one that was given up is given up with it.
   * @param {string} act
   * @param {Record<string, unknown>} [given]
   * @returns {Promise<any>} what came of it; null when it was not done
   */
  control(act, given = {}) {
    const { givenUp } = this;
    const done = this.acts.then(() => (givenUp === this.givenUp ? this.act(act, given) : null));
    this.acts = done.catch(() => null);
    return done;
  }

  /** @param {string} act @param {Record<string, unknown>} given @returns {Promise<any>} */
  async act(act, given) {
    if (!this.code) return null;
    const answer = await this.post(`${this.base}live/${this.code}/control`, { do: act, ...given });
    if (answer?.presenting) {
      if (await this.askFirst(answer.presenting)) return this.act(act, { ...given, take_over: true });
      this.givenUp += 1;
      return null;
    }
    if (answer && "undo" in answer) this.hear({ ...this.news, undo: answer.undo });
    return answer;
  }

  /** @param {News} news */
  hear(news) {
    this.news = news;
    for (const listener of this.listeners) listener();
  }

  /** What facilitators see beside the state. @param {string} activity @returns {Promise<import("../documents.js").PresenterView | null>} */
  async presenterView(activity) {
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
      const named = { presenters: (/** @type {News} */ news) => this.hear(news) };
      this.unfollow = follow(`${this.base}live/${this.code}`, seen, there, { query: "?present=1", slowest: SLOWEST, named });
    });
  }

  /** @param {any} state */
  put(state) {
    this.state = state;
    this.offset = state.now - Date.now() / 1000;
    for (const listener of this.listeners) listener();
  }

  /**
   * @param {string} address
   * @param {unknown} body
   * @returns {Promise<any>} null when it was refused, or nobody knows: then the room is asked again how it is
   */
  async post(address, body) {
    const limit = new AbortController();
    const timer = setTimeout(() => limit.abort(), LONGEST_ACT);
    try {
      const answer = await fetch(address, {
        signal: limit.signal,
        method: "POST",
        headers: { "Content-Type": "application/json", Accept: "application/json", "X-XSRFToken": this.xsrf },
        body: JSON.stringify(body),
      });
      const said = await answer.json().catch(() => ({}));
      if (answer.ok || said.presenting) {
        this.complain(null);
        return said;
      }
      this.complain(said.error ?? answer.statusText);
    } catch {
      this.givenUp += 1;
      this.lost = true;
      this.complain("");
      if (this.code) void this.follow();
    } finally {
      clearTimeout(timer);
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
