// How many chose what: bars, and what is right with its reasons once a quiz is revealed.

import { h } from "../../form/dom.js";
import { keyed, listIn } from "./keyed.js";

/** @type {import("../types.js").Draw} */
export function bars(el, activity, results, t) {
  const right = new Set(results.right ?? []);
  drawBars(el, activity, (id) => {
    const count = results.counts[id] ?? 0;
    const width = results.n ? (100 * count) / results.n : 0; // the track is everybody who answered
    return { amount: t("count_share", { count, share: Math.round(width) }), width, mark: right.has(id) ? `✓ ${t("right")}` : "" };
  });
}

/**
 * A line for each option: its text, how much it is, a bar as wide as a share of 100, and whether it is right.
 * @param {HTMLElement} el
 * @param {import("../types.js").Activity} activity
 * @param {(id: string) => {amount: string, width: number, mark: string}} about
 */
export function drawBars(el, activity, about) {
  const options = activity.options ?? [];
  const list = listIn(el, "ol", "bars");
  list.classList.toggle("reasons", !!options.some(({ why }) => why));
  const lines = keyed(list, options.map(({ id }) => id), () => line());
  for (const [n, { id, text, why }] of options.entries()) {
    const said = about(id);
    fill(lines[n], { label: text, why: why ?? "", ...said });
    lines[n].classList.toggle("right", !!said.mark);
  }
}

function line() {
  return h(
    "li",
    null,
    h("p", { class: "label", dir: "auto" }),
    h("p", { class: "verdict" }),
    h("p", { class: "amount" }),
    h("div", { class: "track", "aria-hidden": "true" }, h("div", { class: "fill" })),
    h("p", { class: "why", dir: "auto" }),
  );
}

/** @param {HTMLElement} el @param {{label: string, amount: string, width: number, mark: string, why: string}} said */
function fill(el, { label, amount, width, mark, why }) {
  put(el, ".label", label);
  put(el, ".amount", amount);
  put(el, ".verdict", mark);
  put(el, ".why", why);
  /** @type {HTMLElement} */ (el.querySelector(".fill")).style.width = `${width}%`;
}

/** @param {HTMLElement} el @param {string} where @param {string} text */
export function put(el, where, text) {
  const found = /** @type {HTMLElement} */ (el.querySelector(where));
  found.hidden = !text;
  if (found.textContent !== text) found.textContent = text;
}
