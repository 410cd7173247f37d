// The state of a room as it changes: server-sent events, a long poll where those do not get through, and plain
// asking where that does not either. What is read is the state, so that nobody has to be told what they missed.

/** @typedef {import("../documents.js").RoomState} State */
/** @typedef {import("../documents.js").WholeEvent | import("../documents.js").ChangeEvent} News */

const PATIENCE = 12_000;
/** A question that the server holds must not be silent for longer than a stream may be. */
const WAIT = 12;
const LONGEST_ANSWER = 10_000;
const SLOWEST = 20_000;
/** So many times as long as from one beat to the next a line may be silent: one beat may come late. */
const SILENT_BEATS = 2.2;

/** A JSON merge patch (RFC 7396). @param {any} target @param {any} patch @returns {any} */
export function merged(target, patch) {
  if (patch === null || typeof patch !== "object" || Array.isArray(patch)) return patch;
  const kept = target !== null && typeof target === "object" && !Array.isArray(target) ? { ...target } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete kept[key];
    else kept[key] = merged(kept[key], value);
  }
  return kept;
}

/** What a piece of news makes of a state; null if a piece between is missing. @param {State | null} state @param {News} news */
export function after(state, news) {
  if ("state" in news) return news.state;
  if (state && news.rev <= state.rev) return state;
  return state && state.rev === news.since ? merged(state, news.patch) : null;
}

/** Somewhere between the half and the double of a time. @param {number} milliseconds */
export const about = (milliseconds) => milliseconds * (0.5 + 1.5 * Math.random());

/**
 * Follow a room. `seen` is called with each new state, `line` with whether there is a connection.
 * @param {string} address of the room, `/live/K7M3QX`
 * @param {(state: State) => void} seen
 * @param {(there: boolean) => void} [line]
 * @param {{query?: string, slowest?: number, named?: Record<string, (data: any) => void>}} [more] what to ask events with,
 *   the longest pause between two attempts, and who hears events that have a name
 * @returns {() => void} ends it
 */
export function follow(address, seen, line = () => {}, { query = "", slowest = SLOWEST, named = {} } = {}) {
  /** @type {State | null} */
  let state = null;
  let failed = 0;
  let ended = false;
  let away = false;
  /** Whether events get through on this way; then they are tried again as soon as there is a line. */
  let eventsCome = false;
  /** @type {EventSource | null} */
  let events = null;
  let timer = 0;
  let deaf = 0;
  /** When the line is given up if nothing more is heard, by a clock that goes on while a device sleeps. */
  let until = Infinity;
  let patience = 0;

  /** Something came. A line can end without a word: then only its silence tells. */
  function heard() {
    clearTimeout(deaf);
    if (!patience || !events) return;
    until = Date.now() + patience;
    deaf = window.setTimeout(lose, patience);
  }

  /** The line is lost. */
  function lose() {
    if (ended) return;
    away = true;
    line(false);
    fall();
  }

  /** @param {State | null} next */
  function take(next) {
    if (ended) return;
    away = false;
    line(true);
    failed = 0;
    if (!next) return void ask();
    if (state && next.rev < state.rev) return;
    const changed = !state || next.rev !== state.rev;
    state = next;
    if (changed) seen(next);
  }

  function listen() {
    if (ended) return;
    if (!("EventSource" in window)) return void ask(WAIT);
    const stream = new EventSource(`${address}/events${query}`);
    let cameHere = false;
    events = stream;
    clearTimeout(deaf);
    patience = 0;
    until = Infinity;
    for (const [name, hear] of Object.entries(named)) stream.addEventListener(name, (message) => hear(JSON.parse(message.data)));
    stream.addEventListener("beat", ({ data }) => {
      patience = 1000 * SILENT_BEATS * Number(data);
      heard();
    });
    const mute = setTimeout(() => {
      if (events !== stream) return;
      // held back on their way, or there is no line: the answer to a question tells
      stream.close();
      events = null;
      eventsCome = false;
      void ask();
    }, PATIENCE);
    stream.onmessage = (message) => {
      clearTimeout(mute);
      cameHere = eventsCome = true;
      heard();
      take(after(state, JSON.parse(message.data)));
    };
    stream.onerror = () => {
      clearTimeout(mute);
      if (!cameHere) eventsCome = false;
      lose();
    };
  }

  /** Events do not get through just now: ask instead, and try them again later. */
  function fall() {
    events?.close();
    events = null;
    clearTimeout(deaf);
    failed += 1;
    clearTimeout(timer);
    timer = window.setTimeout(() => (failed % 3 === 1 ? listen() : ask(WAIT)), Math.min(slowest, about(700 * 2 ** Math.min(failed, 5))));
  }

  /** @param {number} [wait] seconds that the server may hold the question */
  async function ask(wait = 0) {
    if (ended) return;
    const held = wait && state ? wait : 0;
    const limit = new AbortController();
    const late = setTimeout(() => limit.abort(), 1000 * held + LONGEST_ANSWER);
    try {
      const words = held ? `?since=${state?.rev}&wait=${held}` : "";
      const answer = await fetch(`${address}/state${words}`, { cache: "no-store", signal: limit.signal });
      if (!answer.ok) throw new Error(String(answer.status));
      const before = failed;
      take(await answer.json());
      if (!events) {
        failed = before;
        const again = eventsCome || before > 6;
        timer = window.setTimeout(() => (again ? listen() : ask(WAIT)), about(wait ? 300 : 3000));
        if (before > 6) failed = 0;
      }
    } catch {
      lose();
    } finally {
      clearTimeout(late);
    }
  }

  function wake() {
    if (document.visibilityState !== "visible" || ended) return;
    if (events && !away && Date.now() <= until) return;
    events?.close();
    clearTimeout(timer);
    listen();
  }
  document.addEventListener("visibilitychange", wake);
  window.addEventListener("online", wake);
  listen();
  return () => {
    ended = true;
    events?.close();
    clearTimeout(timer);
    clearTimeout(deaf);
    document.removeEventListener("visibilitychange", wake);
    window.removeEventListener("online", wake);
  };
}
