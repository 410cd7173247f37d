// When the kernel is gone the page asks until the server answers, then opens itself again, in a pause in typing.
// Widgets keep what was typed in the browser, so nothing is lost by it. Where something would be, the reader decides.

import { element } from "./dom.js";
import { fetchBriefly } from "./kernel/link.js";
import { keepPlace } from "./place.js";

/** @typedef {import("./types.js").Config} Config */
/** @typedef {import("./status.js").Status} Status */
/** @typedef {typeof import("./anew.js")} Anew what puts a page in the place of this one */
/** @typedef {HTMLInputElement | HTMLTextAreaElement} TextField */

const RELOADS = "academy.reloads";
/** A page that ends again and again is not opened again and again. */
const RELOADS_AT_MOST = 3;
const RELOADS_WITHIN = 120_000;
const FIRST_WAIT = 500;
const LONGEST_WAIT = 15_000;
/** Nobody is interrupted in the middle of a word. */
const QUIET = 1_000;
const TOUCHES = ["pointerdown", "keydown", "input", "focusin", "wheel", "touchmove"];

/**
 * @param {string} kernel address of the kernel that is gone: who may ask for it is told so, who is signed out is not
 * @param {Config} config
 * @param {Status} status
 * @param {() => boolean} atRisk whether opening the page again would lose what somebody has entered
 * @param {(fresh: Document, anew: Anew) => void} renew puts a page in the place of this one
 * @param {boolean} asleep nobody used the page: it waits until somebody does, and keeps no kernel meanwhile
 */
export async function comeBack(kernel, config, status, atRisk, renew, asleep) {
  if (atRisk()) return status.say("ended_ask", status.reopen());
  if (asleep) {
    status.say("asleep", status.reopen());
    await firstTouch();
  }
  status.say(asleep ? "waking" : "ended", status.reopen());
  for (let attempt = 0; ; attempt++) {
    // A page nobody looks at stays closed: it would keep a kernel for nothing.
    await untilVisible();
    const answer = await fetchBriefly(kernel);
    if (answer && [401, 403].includes(answer.status)) {
      const href = `${config.base}login?next=${encodeURIComponent(location.pathname + location.search)}`;
      status.say("signed_out", element("a", { href, textContent: status.texts.sign_in }));
      return;
    }
    if (answer && answer.status < 500) break;
    await pause(Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** attempt) * (0.75 + Math.random() / 2));
  }
  if (!mayReload()) {
    status.say("failed_start", status.reopen());
    return;
  }
  await quiet();
  await untilVisible();
  // A browser that opens a page has no place for keys until that page stands.
  const anew = typedIn() && (await bring(config));
  const fresh = anew && (await anew.fetchAnew(config));
  await quiet();
  await untilVisible();
  if (atRisk()) return status.say("ended_ask", status.reopen());
  keepPlace();
  if (anew && fresh) renew(fresh, anew);
  else location.reload();
}

/** The field of the page's content in which somebody can type just now. @returns {TextField | null} */
export function typedIn() {
  const field = document.activeElement;
  if (!(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement)) return null;
  return field.selectionStart !== null && field.closest("#main") ? field : null;
}

/** @param {Config} config @returns {Promise<Anew | null>} null where it does not come in time: the page opens as any other */
function bring(config) {
  const address = config.modules["@academy/anew"]?.js;
  return address ? Promise.race([import(address), pause(LONGEST_WAIT)]).catch(() => null) : Promise.resolve(null);
}

/** Count this reload, unless there were too many of late. */
function mayReload() {
  /** @type {number[]} */
  const before = JSON.parse(sessionStorage.getItem(RELOADS) ?? "[]");
  const recent = before.filter((time) => Date.now() - time < RELOADS_WITHIN);
  if (recent.length >= RELOADS_AT_MOST) return false;
  sessionStorage.setItem(RELOADS, JSON.stringify([...recent, Date.now()]));
  return true;
}

let typed = -Infinity;
let composing = false;

/** Notice when somebody types, from the page's beginning: whoever is at it when the kernel ends began before. */
export function watchTyping() {
  for (const kind of ["keydown", "input"]) document.addEventListener(kind, () => (typed = performance.now()), true);
  document.addEventListener("compositionstart", () => (composing = true), true);
  document.addEventListener("compositionend", () => (composing = false), true);
}

/** Wait until nothing has been typed for a moment, and no letter is half made. */
async function quiet() {
  for (;;) {
    const rest = typed + QUIET - performance.now();
    if (rest <= 0 && !composing) return;
    await pause(Math.max(rest, QUIET / 10));
  }
}

/** @returns {Promise<void>} */
function firstTouch() {
  const once = new AbortController();
  return new Promise((resolve) => {
    const touched = () => (once.abort(), resolve());
    for (const touch of TOUCHES) {
      addEventListener(touch, touched, { capture: true, passive: true, signal: once.signal });
    }
  });
}

/** @returns {Promise<void>} */
function untilVisible() {
  if (!document.hidden) return Promise.resolve();
  return new Promise((resolve) => {
    document.addEventListener("visibilitychange", () => resolve(), { once: true });
  });
}

/** @param {number} wait milliseconds @returns {Promise<void>} */
function pause(wait) {
  return new Promise((resolve) => setTimeout(resolve, wait));
}
