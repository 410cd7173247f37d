import { uuid } from "../values/values.js";

/** @typedef {import("../types.js").Message} Message */
/** @typedef {import("../types.js").Overtaken} Overtaken */
/** @typedef {import("./answers.js").Learned} Learned */
/** @typedef {import("./answers.js").Answers} Answers */

/**
 * What the person can be told about their answers. `saved` only ever follows the kernel's word.
 * @typedef {"idle"|"saving"|"saved"|"waiting"|"offline"|"submitting"|"refused"} SyncState
 *
 * @typedef {object} Port
 * @property {(content: object) => void} send
 * @property {() => boolean} online
 * @property {(message: Message, late: Overtaken[], learned: Learned[]) => void} heard called after the answers have taken
 *   a message over, with what the kernel did not say itself: own answers that were replaced, and what others wrote
 * @property {() => void} changed called when `state` may be another
 * @property {(work: () => void, ms: number) => any} later
 * @property {(timer: any) => void} never
 * @property {() => number} now
 * @property {string} device
 */

export const IDLE = 600;
export const LONGEST_WAIT = 5000;
export const TIMEOUT = 15000;
const RETRIES = [5000, 10000, 20000, 40000, 60000];
const MOST_EDITS = 200;

/**
 * Brings the draft to the kernel: one request at a time, the same edits again until they are confirmed.
 */
export class Sync {
  /**
   * @param {Answers} answers
   * @param {Port} port
   */
  constructor(answers, port) {
    this.answers = answers;
    this.port = port;
    /** @type {{n: number, kind: string, ids: string[], timer: any} | null} */
    this.request = null;
    // Several views may share one model: each counts from a place of its own.
    this.n = Math.floor(Math.random() * 2 ** 30) * 1024;
    this.intent = answers.draft.intent();
    this.wantsSync = false;
    this.dueAt = 0;
    this.dueSince = 0;
    /** @type {any} */
    this.timer = null;
    this.failures = 0;
    this.held = false;
    this.confirmedOnce = false;
    this.submittedAt = 0;
    this.sentAt = 0;
    /** How far the server's clock is ahead of this device's, as far as is known; null before it was heard. @type {number | null} */
    this.ahead = null;
    if (this.intent && answers.latest > this.intent.at) this.forgetIntent();
  }

  /** @returns {SyncState} */
  get state() {
    const open = this.answers.unconfirmed().length > 0;
    if (!this.port.online()) return open || this.intent ? "waiting" : "offline";
    if (this.intent && !this.failures) return "submitting";
    if (open) return this.failures || this.held ? "waiting" : "saving";
    if (this.answers.refused().length) return "refused";
    return this.confirmedOnce ? "saved" : "idle";
  }

  /** Whether answers have changed since the last confirmed submission of this visit. */
  get changedSince() {
    return this.submittedAt > 0 && this.answers.latest > this.submittedAt;
  }

  /** Something was typed. */
  touched() {
    const now = this.port.now();
    this.held = false;
    // A wish to submit that may have been sent, and was not answered, was about other words.
    const stuck = this.failures > 0 || !this.port.online();
    if (this.intent && stuck && this.request?.kind !== "submit") this.forgetIntent();
    if (!this.dueSince) this.dueSince = now;
    this.schedule(Math.min(now + IDLE, this.dueSince + LONGEST_WAIT));
    this.port.changed();
  }

  /** Send now what is there to send. */
  flush() {
    this.dueAt = 0;
    this.pump();
  }

  /** Ask what has changed elsewhere. */
  refresh() {
    this.wantsSync = true;
    this.flush();
  }

  /** Submit everything as it is now. */
  submit() {
    this.held = false;
    if (!this.intent) this.intent = { key: uuid(), at: Math.max(this.port.now(), this.answers.latest) };
    this.answers.draft.keepIntent(this.intent);
    this.flush();
    this.port.changed();
  }

  /** The connection has changed: what was on its way counts as lost, and goes again when there is a line. */
  reconnected() {
    this.forgetOutdated();
    this.abandon();
    this.failures = 0;
    this.held = false;
    this.wantsSync = true;
    if (this.port.online()) this.flush();
    this.port.changed();
  }

  /** @param {Message} message */
  receive(message) {
    const answered = this.request && message.n === this.request.n ? this.request : null;
    if (answered) this.abandon();
    this.hearClock(message.clock);
    const news = this.answers.confirm(message);
    if (message.refused) this.answers.refuse(message.refused);
    if (message.ids?.length || message.kind === "submitted") this.confirmedOnce = true;
    const stands = message.kind === "not-submitted" && this.intent !== null && looksTheSame(message, news);
    if (message.kind === "submitted" || (message.kind === "not-submitted" && !stands)) this.settle(message);
    const again = message.kind === "not-saved" && this.stumble(message, answered);
    if (message.kind !== "not-saved") this.failures = 0;
    if (!stands) this.port.heard(message, news.late, news.learned);
    if ((answered && !again) || this.answers.unsure) this.pump();
    this.port.changed();
  }

  /**
   * Learn how the server's clock stands to this device's, whatever either shows. Messages take time, so that the server's
   * seems slow: the fastest of them tells most.
   * @param {number | undefined} clock
   */
  hearClock(clock) {
    if (typeof clock === "number") this.ahead = Math.max(this.ahead ?? -Infinity, clock - this.port.now());
  }

  close() {
    this.port.never(this.timer);
    if (this.request) this.port.never(this.request.timer);
  }

  /**
   * A submission was answered, perhaps after we had given up waiting.
   * @param {Message} message
   */
  settle(message) {
    if (message.kind === "submitted") this.submittedAt = this.sentAt;
    this.forgetIntent();
  }

  /**
   * The kernel could not save.
   * @param {Message} message
   * @param {{kind: string} | null} answered
   * @returns {boolean} whether a pause is due before the next try
   */
  stumble(message, answered) {
    if (!message.retry && answered?.kind === "submit") this.forgetIntent();
    if (message.retry) this.retryLater();
    else this.held = Object.keys(message.refused ?? {}).length === 0;
    return Boolean(message.retry) || this.held;
  }

  forgetIntent() {
    this.intent = null;
    this.answers.draft.keepIntent(null);
  }

  /** A submission on its way counts as lost: if more was typed since, the same wish would be about other words. */
  forgetOutdated() {
    if (this.request?.kind === "submit" && this.answers.latest > this.sentAt) this.forgetIntent();
  }

  retryLater() {
    const pause = RETRIES[Math.min(this.failures, RETRIES.length - 1)];
    this.failures += 1;
    this.schedule(this.port.now() + pause);
  }

  /** The request is over, answered or not. */
  abandon() {
    if (!this.request) return;
    this.port.never(this.request.timer);
    this.answers.land(this.request.ids);
    this.request = null;
  }

  /** @param {number} at */
  schedule(at) {
    this.dueAt = at;
    this.port.never(this.timer);
    this.timer = this.port.later(() => this.flush(), Math.max(0, at - this.port.now()));
  }

  /** Send the next request, if there is a line, nothing is on its way and there is something to send. */
  pump() {
    if (this.request || this.held || !this.port.online()) return;
    if (this.dueAt > this.port.now() && !this.intent && !this.wantsSync) return;
    if (this.answers.reload()) this.confirmedOnce = true;
    if (this.answers.unsure) {
      this.ask("sync", 0, {});
    } else if (this.intent && this.answers.unconfirmed().length <= MOST_EDITS) {
      this.sentAt = Math.max(this.port.now(), this.answers.latest);
      this.ask("submit", MOST_EDITS, { key: this.intent.key });
    } else if (this.answers.unconfirmed().length) {
      this.ask("save", MOST_EDITS, {});
    } else if (this.wantsSync) {
      this.wantsSync = false;
      this.ask("sync", 0, {});
    }
  }

  /**
   * @param {"save"|"submit"|"sync"} kind
   * @param {number} most edits to send along
   * @param {object} more
   */
  ask(kind, most, more) {
    const now = this.port.now();
    const edits = this.answers.take(most).map(({ id, path, value, at, base, over }) => {
      return { id, path, value, age: Math.max(0, now - at), base, ...(over && { over }) };
    });
    this.dueSince = 0;
    const n = ++this.n;
    const ids = edits.map((edit) => edit.id);
    this.request = { n, kind, ids, timer: this.port.later(() => this.timeout(n), TIMEOUT) };
    const { device } = this.port;
    // Who wrote later is newer, not whose message came later: a message that lay about says when it was written.
    const clock = this.ahead === null ? {} : { clock: Math.round(now + this.ahead) };
    const content = { kind, n, rev: this.answers.unsure ? 0 : this.answers.rev, device, ...clock, ...more };
    try {
      this.port.send(kind === "sync" ? content : { ...content, edits });
    } catch {
      this.timeout(n);
    }
    this.port.changed();
  }

  /** @param {number} n */
  timeout(n) {
    if (this.request?.n !== n) return;
    const { kind } = this.request;
    this.forgetOutdated();
    this.abandon();
    if (kind === "sync") this.wantsSync = true;
    this.retryLater();
    this.port.changed();
  }
}

/**
 * Whether a submission was held back for changes of which nothing is to be seen here: then there is nothing to ask.
 * @param {Message} message
 * @param {ReturnType<Answers["confirm"]>} news
 */
function looksTheSame({ unseen, overtaken = [] }, { late, learned }) {
  const other = new Set([...overtaken, ...late, ...learned].map((item) => item.path));
  return unseen !== undefined && !unseen.some((path) => other.has(path));
}
