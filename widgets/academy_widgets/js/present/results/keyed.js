// Lists whose lines stay the same elements while their numbers change, so that bars grow and lines change places.

import { h } from "../../form/dom.js";

const CALM = matchMedia("(prefers-reduced-motion: reduce)");
const MILLISECONDS = 450;

/**
 * The list of an element, made where it is not there yet.
 * @param {HTMLElement} el
 * @param {"ol" | "ul"} tag
 * @param {string} name
 */
export function listIn(el, tag, name) {
  const there = /** @type {HTMLElement | null} */ (el.querySelector(`:scope > ${tag}.${name}`));
  if (there) return there;
  const made = h(tag, { class: name });
  el.replaceChildren(made);
  return made;
}

/**
 * Bring a list into the order of the keys: a line that is there moves, one that is missing is made, others go.
 * @param {HTMLElement} list
 * @param {string[]} keys
 * @param {(key: string) => HTMLElement} make
 */
export function keyed(list, keys, make) {
  const lines = /** @type {HTMLElement[]} */ ([...list.children]);
  const known = new Map(lines.map((line) => [line.dataset.key ?? "", line]));
  const before = new Map(lines.map((line) => [line, line.getBoundingClientRect()]));
  const wanted = keys.map((key) => {
    const line = known.get(key) ?? make(key);
    line.dataset.key = key;
    return line;
  });
  if (wanted.length === lines.length && wanted.every((line, n) => line === lines[n])) return wanted;
  list.replaceChildren(...wanted);
  if (!CALM.matches) for (const line of wanted) glide(line, before.get(line));
  return wanted;
}

/** @param {HTMLElement} line @param {DOMRect | undefined} from */
function glide(line, from) {
  const to = line.getBoundingClientRect();
  const timing = { duration: MILLISECONDS, easing: "ease-in-out" };
  if (!from) line.animate([{ opacity: 0 }, { opacity: 1 }], timing);
  else if (from.top !== to.top || from.left !== to.left)
    line.animate([{ transform: `translate(${from.left - to.left}px, ${from.top - to.top}px)` }, { transform: "none" }], timing);
}
