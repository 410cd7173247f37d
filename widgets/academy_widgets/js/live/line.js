// The state of a room as it changes: server-sent events, a long poll where those do not get through, and plain
// asking where that does not either. What is read is the state, so that nobody has to be told what they missed.

/** @typedef {Record<string, any>} State */
/** @typedef {{rev: number, state?: State, since?: number, patch?: State}} News */

const PATIENCE = 12_000;
const WAIT = 25;
const SLOWEST = 20_000;

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
  if (news.state) return news.state;
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
  /** @type {EventSource | null} */
  let events = null;
  let timer = 0;

  /** @param {State | null} next */
  function take(next) {
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
    events = new EventSource(`${address}/events${query}`);
    for (const [name, heard] of Object.entries(named)) events.addEventListener(name, (message) => heard(JSON.parse(message.data)));
    const mute = setTimeout(() => fall(), PATIENCE);
    events.onmessage = (message) => {
      clearTimeout(mute);
      take(after(state, JSON.parse(message.data)));
    };
    events.onerror = () => {
      clearTimeout(mute);
      line(false);
      fall();
    };
  }

  /** Events do not get through just now: ask instead, and try them again later. */
  function fall() {
    events?.close();
    events = null;
    if (ended) return;
    failed += 1;
    clearTimeout(timer);
    timer = window.setTimeout(() => (failed % 3 === 1 ? listen() : ask(WAIT)), Math.min(slowest, about(700 * 2 ** Math.min(failed, 5))));
  }

  /** @param {number} [wait] seconds that the server may hold the question */
  async function ask(wait = 0) {
    try {
      const words = wait && state ? `?since=${state.rev}&wait=${wait}` : "";
      const answer = await fetch(`${address}/state${words}`, { cache: "no-store" });
      if (!answer.ok) throw new Error(String(answer.status));
      const before = failed;
      take(await answer.json());
      if (!events) {
        failed = before;
        timer = window.setTimeout(() => (before > 6 ? listen() : ask(WAIT)), about(wait ? 300 : 3000));
        if (before > 6) failed = 0;
      }
    } catch {
      line(false);
      fall();
    }
  }

  function wake() {
    if (document.visibilityState === "visible" && !events && !ended) {
      clearTimeout(timer);
      listen();
    }
  }
  document.addEventListener("visibilitychange", wake);
  window.addEventListener("online", wake);
  listen();
  return () => {
    ended = true;
    events?.close();
    clearTimeout(timer);
    document.removeEventListener("visibilitychange", wake);
    window.removeEventListener("online", wake);
  };
}
