// Answers on their way: kept on this device until the server has committed them, and sent again with the same id.

/**
 * `draft` is where this device keeps what was typed, `title` what was asked.
 * @typedef {{activity: string, id: string, body: string, round: string, draft?: string, title?: string}} Letter
 */
/** @typedef {{status: number, said: Record<string, any>}} Reply */

const SLOWEST = 15_000;
const LONGEST_ANSWER = 15_000;

/** An id for one answer. */
export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export class Outbox {
  /**
   * @param {string} address where answers go
   * @param {string} place name in this device's store
   * @param {(letter: Letter, reply: Reply | null) => void} told a reply came, or null: the line is lost
   */
  constructor(address, place, told) {
    this.address = address;
    this.place = place;
    this.told = told;
    this.failed = 0;
    this.sending = false;
    this.timer = 0;
    window.addEventListener("online", () => this.send());
  }

  /** @returns {Letter[]} */
  get waiting() {
    try {
      const kept = JSON.parse(localStorage.getItem(this.place) ?? "[]");
      return Array.isArray(kept) ? kept : [];
    } catch {
      return this.unkept ?? [];
    }
  }

  /** @param {Letter[]} letters */
  set waiting(letters) {
    /** @type {Letter[] | undefined} where this device keeps nothing, as in some private windows */
    this.unkept = letters;
    try {
      if (letters.length) localStorage.setItem(this.place, JSON.stringify(letters));
      else localStorage.removeItem(this.place);
    } catch {
      // it is kept as long as the page is open
    }
  }

  /** @param {Letter} letter */
  put(letter) {
    this.waiting = [...this.waiting, letter];
    this.send();
  }

  async send() {
    clearTimeout(this.timer);
    const [letter] = this.waiting;
    if (!letter || this.sending) return;
    this.sending = true;
    const reply = await this.post(letter);
    this.sending = false;
    if (reply && reply.status < 500 && reply.status !== 429) {
      this.failed = 0;
      this.waiting = this.waiting.filter((other) => other.id !== letter.id);
      this.told(letter, reply);
      this.send();
      return;
    }
    this.failed += 1;
    this.told(letter, null);
    const pause = Math.min(SLOWEST, 800 * 2 ** Math.min(this.failed, 5)) * (0.5 + Math.random());
    this.timer = window.setTimeout(() => this.send(), pause);
  }

  /** @param {Letter} letter @returns {Promise<Reply | null>} */
  async post(letter) {
    const limit = new AbortController();
    const timer = setTimeout(() => limit.abort(), LONGEST_ANSWER);
    try {
      const answer = await fetch(this.address, {
        method: "POST",
        headers: { "Content-Type": "application/x-www-form-urlencoded", Accept: "application/json" },
        body: letter.body,
        signal: limit.signal,
      });
      return { status: answer.status, said: await answer.json() };
    } catch {
      return null;
    } finally {
      clearTimeout(timer);
    }
  }
}
