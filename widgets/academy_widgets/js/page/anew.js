// Somebody types while their kernel ends. The page that follows is fetched beside the old one and put in its place in
// one go, so that there is no moment in which a key finds no page. What is typed until the new fields stand goes into
// a field that nobody sees, and from there to where it belongs.
// It comes when it is needed, as the page does that it fetches: few kernels end under somebody's fingers.

import { element, readJson } from "./dom.js";
import { KEEPS } from "./entries.js";

/** @typedef {import("./types.js").Config} Config */
/** @typedef {HTMLInputElement | HTMLTextAreaElement} TextField */

const PARTS = ["academy-config", "academy-kernel", "academy-state", "academy-buffers"];
const LOADED = "script[src], link[rel=stylesheet]";
const DATA = "application/json";
/** Starting may take long, and the line may be thin. */
const LIMIT = 180_000;

/**
 * The page as the server makes it now.
 * @param {Config} config
 * @returns {Promise<Document | null>} null where it can't be put in the place of this one
 */
export async function fetchAnew(config) {
  const control = new AbortController();
  const limit = setTimeout(() => control.abort(), LIMIT);
  try {
    const answer = await fetch(location.href, { cache: "no-store", signal: control.signal });
    if (!answer.ok || answer.redirected) return null;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    return fits(fresh, config) ? fresh : null;
  } catch {
    return null;
  } finally {
    clearTimeout(limit);
  }
}

/**
 * Whether a page is whole and made of the same code as this one. Live parts have a line of their own, that stays.
 * @param {Document} fresh
 * @param {Config} config
 */
function fits(fresh, config) {
  const next = readJson("academy-config", fresh);
  if (!next || !readJson("academy-kernel", fresh)) return false;
  if (JSON.stringify(next.modules) !== JSON.stringify(config.modules)) return false;
  if ([document, fresh].some((one) => one.querySelector("body.presenting, .academy-live[data-base]"))) return false;
  const loaded = (/** @type {Element} */ part) => part.getAttribute("src") ?? part.getAttribute("href");
  const here = new Set([...document.querySelectorAll(LOADED)].map(loaded));
  const scripts = [...fresh.querySelectorAll(`script:not([type="${DATA}"])`)];
  return [...fresh.querySelectorAll(LOADED), ...scripts].every((part) => here.has(loaded(part)));
}

/**
 * Put a page's content and what its script reads in the place of this one's.
 * @param {Document} fresh
 * @param {Config} config brought up to date
 */
export function putInPlace(fresh, config) {
  const main = /** @type {HTMLElement} */ (document.getElementById("main"));
  const next = /** @type {HTMLElement} */ (fresh.getElementById("main"));
  const status = /** @type {HTMLElement} */ (document.getElementById("academy-status"));
  for (const script of next.querySelectorAll("script")) script.remove();
  next.querySelector("#academy-starting")?.remove();
  next.querySelector("#academy-status")?.replaceWith(status);
  main.replaceChildren(...next.childNodes);
  for (const id of PARTS) {
    document.getElementById(id)?.remove();
    const part = fresh.getElementById(id);
    if (part) document.body.append(part);
  }
  Object.assign(config, readJson("academy-config"));
  const root = document.documentElement;
  for (const { name } of [...root.attributes]) if (!fresh.documentElement.hasAttribute(name)) root.removeAttribute(name);
  document.title = fresh.title;
}

/** Takes the keys of a field that goes, with its text and selection, until the field that follows it stands. */
export class Catcher {
  /** @param {TextField} field */
  constructor(field) {
    this.text = field.value;
    this.el = element(field instanceof HTMLInputElement ? "input" : "textarea", { className: "unseen", value: field.value });
    this.el.setAttribute("aria-label", field.labels?.[0]?.textContent ?? "");
    this.el.setAttribute(KEEPS, "");
    document.body.append(this.el);
    this.el.focus({ preventScroll: true });
    this.el.setSelectionRange(field.selectionStart, field.selectionEnd);
  }

  get focused() {
    return document.activeElement === this.el;
  }

  /** Hand over what was typed meanwhile. @param {TextField | null} field */
  give(field) {
    const { value, selectionStart, selectionEnd } = this.el;
    if (field && value !== this.text) {
      // Somebody else may have changed the text that follows: then only what is new goes in.
      field.value = field.value === this.text ? value : added(this.text, value, field.value);
      field.dispatchEvent(new InputEvent("input", { bubbles: true }));
    }
    this.el.remove();
    return { start: selectionStart, end: selectionEnd };
  }
}

/**
 * @param {string} before
 * @param {string} after the same, with something typed
 * @param {string} other
 * @returns {string} the other text, with what was typed behind it
 */
function added(before, after, other) {
  let start = 0;
  while (start < before.length && before[start] === after[start]) start += 1;
  let end = 0;
  while (end < before.length - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end += 1;
  return `${other} ${after.slice(start, after.length - end)}`.trim();
}
